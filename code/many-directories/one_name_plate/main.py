import shop

for house in shop.__path__:
    print(house)

from shop import delhi, kochi

print(delhi.ITEM, "and", kochi.ITEM)
