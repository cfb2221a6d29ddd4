def price(stops):
    return 10 + 3 * stops
