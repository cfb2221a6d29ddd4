import sys


def main():
    if len(sys.argv) != 2:
        print("Usage: python ticket.py NAME")
        return 2
    print("Ticket for", sys.argv[1])


if __name__ == "__main__":
    sys.exit(main())
