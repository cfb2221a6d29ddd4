import random

print(random.__spec__.origin)
