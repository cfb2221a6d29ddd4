from mandi.rates import RATES


def amount(item, kilos):
    return RATES[item] * kilos
