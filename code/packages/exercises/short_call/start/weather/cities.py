LOW = {"Pune": 12, "Leh": -9, "Kochi": 23}


def coldest():
    return min(LOW, key=LOW.get)
