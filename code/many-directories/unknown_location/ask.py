import weather

print(weather.__file__)
for house in weather.__path__:
    print(house)
