import main


def issue(name):
    main.issued.append(name)
