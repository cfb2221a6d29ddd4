from . import fines

print(__name__, __package__)
print(fines.__name__, fines.__package__)
