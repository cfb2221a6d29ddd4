def price(km):
    return km // 2
