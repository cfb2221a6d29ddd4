import register


def issue(name):
    register.issued.append(name)
