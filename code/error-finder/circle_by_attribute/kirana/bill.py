import kirana.prices

SHOP = "Asha Kirana"


def total(items):
    return sum(kirana.prices.PRICES[item] for item in items)
