FINE = 2


def fine(days):
    return days * FINE


class Member:
    def __init__(self, name):
        self.name = name

    def letter(self, days):
        return f"{self.name} pays Rs {fine(days)}"
