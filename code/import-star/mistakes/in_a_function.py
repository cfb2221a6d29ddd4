def root(number):
    from math import *

    return sqrt(number)
