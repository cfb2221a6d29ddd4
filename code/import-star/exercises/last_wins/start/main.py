from bus import *
from train import *

print("Bus:", fare(10))
print("Train:", fare(10))
