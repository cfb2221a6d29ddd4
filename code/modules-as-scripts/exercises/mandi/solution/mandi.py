RATE = 24


def price(kg):
    return RATE * kg


if __name__ == "__main__":
    print("5 kg onion:", price(5))
