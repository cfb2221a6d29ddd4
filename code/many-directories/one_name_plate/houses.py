import shop

for house in shop.__path__:
    print(house)
