import weather.cities

print(cities.coldest())
print(cities.LOW["Kochi"])
