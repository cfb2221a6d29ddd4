from weather import *
from people import *

for name in ["Ananya", "Tenzin"]:
    city = home(name)
    print(name, "in", city, "has", degrees(city))
