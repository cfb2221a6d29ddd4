__all__ = ["rate", "is_cheap"]

RATES = {"onion": 24, "potato": 18}


def rate_of(crop):
    return RATES[crop]


def is_cheap(crop):
    return RATES[crop] < 20
