import sys

sys.path.append("north")
sys.path.append("south")

from shop import delhi, kochi

print(delhi.ITEM, kochi.ITEM)
