from menu-card import price

print("dosa Rs", price("dosa"))
