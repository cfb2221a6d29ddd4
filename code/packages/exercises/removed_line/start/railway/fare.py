from berth import kind


def price(number):
    if kind(number) == "lower":
        return 320
    return 300
