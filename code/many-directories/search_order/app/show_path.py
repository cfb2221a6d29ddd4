import os
import sys
from pathlib import Path

sys.path.append("shelf")

library = os.path.dirname(os.__file__)
known = ["app", "extra", "site-packages", "shelf"]
known += ["dist-packages"]
for place in sys.path:
    name = Path(place).name
    if place == library:
        print("standard library")
    elif name in known:
        print(name)
