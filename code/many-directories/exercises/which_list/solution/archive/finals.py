from .captains import NAMES


def line(year):
    return f"{year}: {NAMES[year]}"
