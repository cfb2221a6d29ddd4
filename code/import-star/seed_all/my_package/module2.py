def my_function():
    return "Hello from module2!"
