from railway.berth import kind

print("ticket room opens")


def write(name, number):
    return f"{name}: {number} {kind(number)}"
