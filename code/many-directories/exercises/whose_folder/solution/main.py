import sys

sys.path.append("lib")
from weather import cities

print(cities.COLDEST)
with open("weather/cities.csv") as data:
    print(data.read().strip())
