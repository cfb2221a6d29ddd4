from time import *
from datetime import *

print("Holiday:", date(2027, 8, 15))
print("Seconds since 1970:", time())
