import fare

print(fare.price(4))
print(fare.km)
