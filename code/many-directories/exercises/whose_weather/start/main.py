import sys

sys.path.append("lib/weather")

import weather
from weather import cities

print(weather.TITLE, cities.COLDEST)
