import match


def award(name):
    match.points.append(name)
