def greeting():
    print("Hello from my_module!")


if __name__ = "__main__":
    greeting()
