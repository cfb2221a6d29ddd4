from math import ceil


def boxes(laddoos, gift):
    if gift:
        return ceil(laddoos / 6)
    return ceil(laddoos / 12)
