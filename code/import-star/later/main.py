import stall
from stall import *

stall.TODAY = "upma"
stall.SPECIAL = "jalebi"
print(stall.TODAY, stall.SPECIAL)
print(TODAY)
print(SPECIAL)
