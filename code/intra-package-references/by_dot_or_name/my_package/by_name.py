from my_package.module2 import my_function

print(my_function())
