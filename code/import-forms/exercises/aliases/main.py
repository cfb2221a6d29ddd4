import math as m
from math import sqrt as root

m.sqrt = max
print(m.sqrt(4, 9))
print(root(9))
print(m.__name__)
print(sqrt(9))
