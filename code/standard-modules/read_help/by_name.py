import math

print(math.sqrt(x=16))
