def feels(temperature):
    if temperature < 10:
        return "cold"
    return "warm"


print("Leh:", feels(-5))
