PER_KM = 2


def fare(km):
    return PER_KM * km


print("Satara: Rs", fare(110))
print("Pune: Rs", fare(150))
