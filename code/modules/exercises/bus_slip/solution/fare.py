BASE = 5


def ticket(km):
    return BASE + 2 * km
