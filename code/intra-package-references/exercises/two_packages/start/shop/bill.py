from ..tax import gst


def total(amount):
    return amount + amount * gst.PERCENT // 100


if __name__ == "__main__":
    print("For Rs 100:", total(100))
