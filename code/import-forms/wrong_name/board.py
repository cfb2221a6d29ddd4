from prices import price_of

print("rice Rs", price_of("rice"))
print("items:", len(prices.PRICES))
