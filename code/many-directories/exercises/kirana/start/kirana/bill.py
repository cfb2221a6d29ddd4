"""The bill: what a basket costs."""

import sys

from .prices import price_of


def total(basket):
    amount = 0
    for item in basket:
        amount = amount + price_of(item) * basket[item]
    return amount


def main():
    basket = {}
    for word in sys.argv[1:]:
        parts = word.split("=")
        basket[parts[0]] = int(parts[1])
    print("Total: Rs", total(basket))


if __name__ == "__main__":
    main()
