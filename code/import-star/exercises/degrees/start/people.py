HOMES = {"Ananya": "Kochi", "Tenzin": "Leh"}
DEGREES = {"Ananya": "B.Sc.", "Tenzin": "B.A."}


def home(name):
    return HOMES[name]


def degrees(name):
    return DEGREES.get(name, "no degree")
