import fare


def slip(name, rupees):
    print(name, "pays", rupees, "including base", fare.BASE)


slip("Zoya", fare.ticket(10))
slip("Imran", fare.ticket(4))
