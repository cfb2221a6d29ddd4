import math

__all__ = ["fare"]

BASE = 5
_PER_KM = 1.5


def fare(km):
    return BASE + math.ceil(km * _PER_KM)
