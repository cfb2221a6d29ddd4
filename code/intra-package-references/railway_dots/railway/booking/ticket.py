from ..berth import kind
from .fare import price

print("Rs", price(600), kind(23))
