from .players import CAPTAIN


def line(runs):
    return CAPTAIN + " " + str(runs)
