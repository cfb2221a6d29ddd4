import main


def heading():
    print("Welcome to", main.shop)
