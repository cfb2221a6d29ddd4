from bus import *
from bus import BASE, _PER_KM

print(BASE, _PER_KM)
