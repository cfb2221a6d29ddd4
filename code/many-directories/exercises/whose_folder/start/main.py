import sys

sys.path.append("lib/weather")
from weather import cities

print(cities.COLDEST)
