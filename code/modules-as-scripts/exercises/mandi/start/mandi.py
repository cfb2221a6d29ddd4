def price(kg):
    return RATE * kg


if __name__ == "__main__":
    RATE = 24
    print("5 kg onion:", price(5))
