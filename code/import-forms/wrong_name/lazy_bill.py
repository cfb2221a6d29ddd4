lazy from prices import price_of


def total(item, kilos):
    return price_of(item) * kilos
