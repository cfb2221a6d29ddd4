from . import prices

print(repr(__package__), prices.RICE)
