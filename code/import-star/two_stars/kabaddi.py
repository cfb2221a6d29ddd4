def points(player):
    return f"{player}: 2 raid points"
