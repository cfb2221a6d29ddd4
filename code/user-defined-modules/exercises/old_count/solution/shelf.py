books = 12


def lend():
    global books
    books = books - 1
