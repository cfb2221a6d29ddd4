import sys

sys.path.append("hill")
sys.path.append("plain")

import water

print(water.TANKS)

import water.rampur
