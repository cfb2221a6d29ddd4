CLOSED = "Sunday"


def isleap(year):
    return year % 4 == 0
