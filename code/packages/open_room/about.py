import railway.berth

print(type(railway))
print(railway.__name__, railway.berth.__name__)
print(railway.__file__)
print(hasattr(railway, "__path__"))
print(hasattr(railway.berth, "__path__"))
