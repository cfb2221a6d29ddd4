import sys

import tour.leh.hotels
from tour import leh

print("tour" in sys.modules, "hotels" in sys.modules)
print(leh.__name__)
print(leh.hotels.__name__)
print(hotels.__name__)
