free = 40
passengers = []


def book(name):
    global free
    free = free - 1
    passengers.append(name)
