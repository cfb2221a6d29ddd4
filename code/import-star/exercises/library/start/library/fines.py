def due(days):
    return days * 2
