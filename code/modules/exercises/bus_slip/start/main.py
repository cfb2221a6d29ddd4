import fare


def slip(name, fare):
    print(name, "pays", fare, "including base", fare.BASE)


slip("Zoya", fare.ticket(10))
slip("Imran", fare.ticket(4))
