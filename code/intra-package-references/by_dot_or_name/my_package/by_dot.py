from .module2 import my_function

print(my_function())
