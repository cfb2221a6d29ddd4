PRICE = 12


def bill(cups):
    return cups * PRICE


class Order:
    def __init__(self, name, cups):
        self.name = name
        self.cups = cups

    def slip(self):
        price = bill(self.cups)
        return f"{self.name}: {self.cups} cups, Rs {price}"
