from railway import *

print(berth.KINDS[0])
print(fare.PER_KM * 150)
