__all__ = ["fare", "_PER_KM"]

_PER_KM = 2


def fare(km):
    return 5 + km * _PER_KM
