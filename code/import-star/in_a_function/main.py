def root(number):
    from math import *
    return sqrt(number)


print(root(1764))
