import datetime
import math
import random

print(math.pi)
print(datetime.date(2027, 8, 15))
random.seed(7)
print(random.random())
