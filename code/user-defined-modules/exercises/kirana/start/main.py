"""Asha's shop: the bill and the board."""

import prices


def total(basket):
    amount = 0
    for item in basket:
        amount = amount + prices.price_of(item) * basket[item]
    return amount


def show_board():
    for item in prices.PRICES:
        print(item, "Rs", prices.PRICES[item])


show_board()
basket = {"rice": 2, "oil": 1}
for item in basket:
    print(item, basket[item], "kg")
print("Total: Rs", total(basket))
