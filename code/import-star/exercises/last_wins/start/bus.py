def fare(km):
    return 5 + km * 2
