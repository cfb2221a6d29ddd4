from bill import total

print("Rs", total(200))
