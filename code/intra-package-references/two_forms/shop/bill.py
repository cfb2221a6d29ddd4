from . import prices
from .prices import price_of

print(prices.price_of("rice"))
print(price_of("daal"))
