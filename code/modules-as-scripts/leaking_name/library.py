PER_DAY = 2


def fine(late_days):
    return PER_DAY * days


if __name__ == "__main__":
    days = 7
    print("Fine:", fine(days))
