PER_DAY = 2


def fine(late_days):
    return PER_DAY * days


def main():
    days = 7
    print("Fine:", fine(days))


if __name__ == "__main__":
    main()
