from prices import price_of


def total(basket):
    amount = 0
    for item, kilos in basket.items():
        amount = amount + price_of(item) * kilos
    return amount
