def greeting():
    print("Hello from my_module!")


greeting()
