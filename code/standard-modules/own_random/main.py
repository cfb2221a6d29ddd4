import random

print("randint" in dir(random))
