waiting = ["Zoya"]


def join(name):
    waiting.append(name)


def new_day():
    global waiting
    waiting = []
