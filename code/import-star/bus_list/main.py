from bus import *

for name in dir():
    if not name.startswith("__"):
        print(name)
