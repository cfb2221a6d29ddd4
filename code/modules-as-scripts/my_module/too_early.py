if __name__ == "__main__":
    greeting()


def greeting():
    print("Hello from my_module!")
