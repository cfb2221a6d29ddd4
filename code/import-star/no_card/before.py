from my_package import *

print("module1" in dir())

import my_package.module1
from my_package import *

print("module1" in dir())
print("module2" in dir())
