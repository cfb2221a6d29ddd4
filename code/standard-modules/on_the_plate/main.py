import sys

names = sys.stdlib_module_names
print(len(names) > 200)
for name in ("statistics", "winreg", "tea", "requests"):
    print(name, name in names)
