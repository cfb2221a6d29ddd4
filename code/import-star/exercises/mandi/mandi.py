__all__ = ["rate", "_season"]

_season = "rabi"
rate = 24
stock = 900
lorry = "blue"
