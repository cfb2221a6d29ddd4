PRICE = 12


def bill(cups):
    return cups * PRICE
