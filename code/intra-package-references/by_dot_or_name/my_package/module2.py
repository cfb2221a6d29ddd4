# my_package/module2.py
def my_function():
    return "Hello from module2!"
