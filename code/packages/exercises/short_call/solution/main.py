from weather import cities

print(cities.coldest())
print(cities.LOW["Kochi"])
