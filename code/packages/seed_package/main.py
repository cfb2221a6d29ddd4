from my_package import module1
from my_package.module2 import my_function

print(module1.greet())
print(my_function())
print(module1.__name__)
