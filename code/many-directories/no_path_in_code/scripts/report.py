from kirana.prices import price_of

print("rice:", price_of("rice"))
