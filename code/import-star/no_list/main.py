from my_package import *

print(module1.greet())
print(module2.my_function())
