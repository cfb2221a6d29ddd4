def price(km):
    return 30 + 15 * km


if __name__ == "__main__":
    print("km?")
    km = int(input())
    print("Fare:", price(km))
