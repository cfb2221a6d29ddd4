def price(km):
    return 30 + 15 * km


print("km?")
km = int(input())
print("Fare:", price(km))
