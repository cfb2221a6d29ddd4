def greeting():
    print("Hello from my_module!")


if name == "__main__":
    greeting()
