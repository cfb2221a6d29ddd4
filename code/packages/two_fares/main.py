import bus.fare
import metro.fare

print(bus.fare.price(12))
print(metro.fare.price(6))
