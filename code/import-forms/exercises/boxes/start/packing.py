from math import ceil


def boxes(laddoos, gift):
    if gift:
        from math import ceil

        return ceil(laddoos / 6)
    return ceil(laddoos / 12)
