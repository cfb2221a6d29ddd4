print(pow(2, 10, 1000))

from math import *

print(pow(2, 10))
print(pow(2, 10, 1000))
