def points(player):
    return f"{player}: 4 runs"
