def price(km):
    return 5 + 2 * km
