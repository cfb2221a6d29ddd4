import .cities

print("Coldest:", cities.COLDEST)
