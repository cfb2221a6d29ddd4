from prices import PRICES

SHOP = "Asha Kirana"


def total(items):
    return sum(PRICES[item] for item in items)
