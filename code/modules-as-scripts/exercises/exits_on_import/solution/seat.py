import sys


def side(seat):
    if seat % 4 == 1:
        return "window"
    return "inside"


def main():
    if len(sys.argv) != 2:
        sys.exit("Usage: python seat.py SEAT")
    print(side(int(sys.argv[1])))


if __name__ == "__main__":
    main()
