import sys

sys.path.append("hill")
sys.path.append("plain")

import water

print(hasattr(water, "__path__"))

import water.rampur

print("rampur")
