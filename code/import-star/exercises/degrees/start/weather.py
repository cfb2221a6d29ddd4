TODAY = {"Kochi": 31, "Leh": -5}

home = "Pune"


def degrees(city):
    return TODAY[city]
