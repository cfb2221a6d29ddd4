from .prices import price_of


def offer_price(item):
    return price_of(item) - 5
