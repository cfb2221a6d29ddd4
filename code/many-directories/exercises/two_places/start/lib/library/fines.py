def fine(days):
    return 2 * days
