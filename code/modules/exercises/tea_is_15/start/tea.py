import prices


def bill(cups):
    return cups * prices.TEA
