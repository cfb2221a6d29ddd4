PRICES = {"rice": 60, "daal": 120, "oil": 180}


def price_of(item):
    return PRICES[item]


def total(basket):
    amount = 0
    for item, kilos in basket.items():
        amount = amount + price_of(item) * kilos
    return amount


print(total({"rice": 5, "daal": 2}))
