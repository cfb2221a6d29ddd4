import os
import random

print("getcwd" in dir(os), "randint" in dir(random))
