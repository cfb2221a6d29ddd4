import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "lib"))

import weather
from weather import cities

print(weather.TITLE, cities.COLDEST)
