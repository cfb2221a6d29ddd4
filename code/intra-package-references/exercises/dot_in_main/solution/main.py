from weather import cities

print("Coldest:", cities.COLDEST)
