import bus
import train

print("Bus:", bus.fare(10))
print("Train:", train.fare(10))
