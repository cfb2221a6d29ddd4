def ticket(km):
    return 5 + 2 * km
