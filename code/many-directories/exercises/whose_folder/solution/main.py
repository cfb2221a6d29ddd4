import sys

sys.path.append("lib")
from weather import cities

print(cities.COLDEST)
