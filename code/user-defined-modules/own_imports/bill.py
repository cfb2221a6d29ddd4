import prices


def total(basket):
    amount = 0
    for item, kilos in basket.items():
        amount = amount + prices.price_of(item) * kilos
    return amount
