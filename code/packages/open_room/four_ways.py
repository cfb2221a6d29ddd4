def dotted():
    import railway.berth
    print(list(locals()), railway.berth.kind(23))


def from_package():
    from railway import berth
    print(list(locals()), berth.kind(23))


def from_module():
    from railway.berth import kind
    print(list(locals()), kind(23))


def with_label():
    import railway.berth as berth
    print(list(locals()), berth.kind(23))


dotted()
from_package()
from_module()
with_label()
