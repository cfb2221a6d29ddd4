PRICE = 12


def bill(cups):
    return cups * PRICE


class Order:
    def __init__(self, name, cups):
        self.name = name
        self.cups = cups

    def slip(self):
        return f"{self.name}: {self.cups} cups, Rs {bill(self.cups)}"
