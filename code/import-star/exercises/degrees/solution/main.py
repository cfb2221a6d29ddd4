from people import home
from weather import degrees

for name in ["Ananya", "Tenzin"]:
    city = home(name)
    print(name, "in", city, "has", degrees(city))
