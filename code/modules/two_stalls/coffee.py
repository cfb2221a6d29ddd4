PRICE = 20


def bill(cups):
    return cups * PRICE
