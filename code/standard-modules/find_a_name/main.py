import math

for name in dir(math):
    if "sqrt" in name:
        print(name)
