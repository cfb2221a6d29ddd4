import math_module
print(math_module.add(3, 5))
