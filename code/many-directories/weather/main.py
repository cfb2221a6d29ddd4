from weather import cities

print(cities.COLDEST)
