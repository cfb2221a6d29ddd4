visits = []


def my_function():
    return "This is module1"
