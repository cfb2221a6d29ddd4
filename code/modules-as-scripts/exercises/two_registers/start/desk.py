import library


def issue(name):
    library.issued.append(name)
