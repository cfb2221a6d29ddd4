def price(km):
    return 30 + 15 * km


if __name__ == "__main__":
    km = int(input("km? "))
    print("Fare:", price(km))
