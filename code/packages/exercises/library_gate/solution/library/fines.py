PER_DAY = 2


def fine(days):
    return PER_DAY * days
