PRICES = {"rice": 60, "daal": 120}


def price_of(item):
    return PRICES[item]
