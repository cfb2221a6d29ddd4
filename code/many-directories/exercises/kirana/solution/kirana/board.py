"""The price board at the door."""

from .prices import PRICES


def show():
    for item in PRICES:
        print(item, "Rs", PRICES[item])


if __name__ == "__main__":
    show()
