from math import *
from statistics import *

print(sqrt(16))
print(mean([4, 5, 6]))
print(pow(2, 10, 1000))
