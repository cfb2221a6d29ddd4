PRICES = {"rice": 60, "daal": 120, "oil": 180}


def price_of(item):
    return PRICES[item]
