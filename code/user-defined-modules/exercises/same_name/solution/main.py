from bus import STOPS as BUS_STOPS
from train import STOPS as TRAIN_STOPS

print("Bus stops:", BUS_STOPS)
print("Train stops:", TRAIN_STOPS)
