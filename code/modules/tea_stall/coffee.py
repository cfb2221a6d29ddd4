PRICE = 20


def bil(cups):
    return cups * PRICE
