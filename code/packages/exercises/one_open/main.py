import railway


def open_berth():
    import railway.berth


print(hasattr(railway, "berth"))
open_berth()
print(railway.berth.__name__)
print(railway.fare.__name__)
