"""The bill: what a basket costs."""

import prices


def total(basket):
    amount = 0
    for item in basket:
        amount = amount + prices.price_of(item) * basket[item]
    return amount
