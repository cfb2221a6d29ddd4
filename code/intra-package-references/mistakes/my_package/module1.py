import .module2

print(module2.my_function())
