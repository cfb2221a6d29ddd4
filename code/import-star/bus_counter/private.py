from bus import *

print(_PER_KM)
