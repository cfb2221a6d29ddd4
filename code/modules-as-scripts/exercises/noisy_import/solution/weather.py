def feels(temperature):
    if temperature < 10:
        return "cold"
    return "warm"


if __name__ == "__main__":
    print("Leh:", feels(-5))
