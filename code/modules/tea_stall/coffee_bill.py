import coffee

print(coffee.bill(3))
