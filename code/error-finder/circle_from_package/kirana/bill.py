from kirana import prices

SHOP = "Asha Kirana"


def total(items):
    return sum(prices.PRICES[item] for item in items)
