from shop.bill import total

print("Total: Rs", total(200))
