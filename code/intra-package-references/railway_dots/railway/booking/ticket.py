from ..berth import kind
from .fare import price

print(f"Rs {price(600)}, {kind(23)}")
