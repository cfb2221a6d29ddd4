from kirana.bill import SHOP

PRICES = {"chai": 12}


def label(item):
    return f"{SHOP}: {item} {PRICES[item]}"
