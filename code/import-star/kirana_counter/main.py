from kirana import *

print(total({"rice": 5, "daal": 2}))
for name in dir():
    if not name.startswith("__"):
        print(name)
