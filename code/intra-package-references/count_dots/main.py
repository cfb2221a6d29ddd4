from importlib.util import resolve_name

for name in [".fare", "..berth", ".", ".."]:
    print(name, resolve_name(name, "railway.booking"))
