from pune import ONION
from nashik import ONION

print("Pune:", ONION)
print("Nashik:", ONION)
