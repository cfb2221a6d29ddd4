from bus import STOPS
from train import STOPS

print("Bus stops:", STOPS)
print("Train stops:", STOPS)
