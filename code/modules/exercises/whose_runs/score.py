runs = 10


def add(more):
    return runs + more
