import sys

sys.path.append("lib/weather")
from weather import cities

print(cities.COLDEST)
with open("weather/cities.csv") as data:
    print(data.read().strip())
