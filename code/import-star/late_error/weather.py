TEMPERATURES = {"Kochi": 31, "Leh": -5}


def temperature_of(city):
    return TEMPERATURES[city]
