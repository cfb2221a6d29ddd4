import sys

sys.path.append("north")
sys.path.append("south")

import shop

print(list(shop.__path__))
