from pune import ONION as PUNE_ONION
from nashik import ONION as NASHIK_ONION

print("Pune:", PUNE_ONION)
print("Nashik:", NASHIK_ONION)
