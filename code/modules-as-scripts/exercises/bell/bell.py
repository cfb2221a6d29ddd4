print("A", __name__)


def ring():
    print("B", __name__)


if __name__ == "__main__":
    print("C")
    ring()
