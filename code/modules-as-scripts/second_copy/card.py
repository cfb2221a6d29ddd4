import main


def heading():
    print("Match at", main.venue)
