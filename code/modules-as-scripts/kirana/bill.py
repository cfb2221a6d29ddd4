from prices import price_of


def total(basket):
    amount = 0
    for item in basket:
        amount += price_of(item) * basket[item]
    return amount


def main():
    basket = {"rice": 2, "oil": 1}
    for item in basket:
        print(item, basket[item], "kg")
    print("Total: Rs", total(basket))


if __name__ == "__main__":
    main()
