# my_package/module1.py
from .module2 import my_function  # Relative import

print(my_function())
