print("A")


def hello():
    print("B")
