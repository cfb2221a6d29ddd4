def price(km):
    return 60 + km // 2
