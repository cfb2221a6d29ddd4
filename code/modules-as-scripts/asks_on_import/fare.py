def price(km):
    return 30 + 15 * km


km = int(input("km? "))
print("Fare:", price(km))
