from prices import price

print(price("rice"))
