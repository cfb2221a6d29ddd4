from decimal import Decimal

import prices

GST_RATE = Decimal("0.05")


def total(basket):
    amount = 0
    for item, kg in basket.items():
        amount += prices.price_of(item) * kg
    return amount


def gst_on(amount):
    return amount * GST_RATE
