import sys


def price(km):
    return 30 + 15 * km


def main():
    if len(sys.argv) != 2:
        sys.exit("Usage: python fare.py KM")
    print("Fare:", price(int(sys.argv[1])))


if __name__ == "__main__":
    main()
