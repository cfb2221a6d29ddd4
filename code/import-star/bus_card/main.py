from bus import *

print(fare(7))
for name in dir():
    if not name.startswith("__"):
        print(name)
