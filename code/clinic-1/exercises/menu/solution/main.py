from menu_card import price

print("dosa Rs", price("dosa"))
