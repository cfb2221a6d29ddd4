from kirana.prices import price_of

__all__ = ["total"]


def total(basket):
    amount = 0
    for item, kg in basket.items():
        amount += price_of(item) * kg
    return amount
