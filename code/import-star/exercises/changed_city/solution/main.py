city = "Kochi"

from weather import *

print("Ananya lives in", city)
print("Coldest:", coldest)
