LOW = {"Shillong": 4, "Leh": -12}


def low(city):
    return LOW[city]
