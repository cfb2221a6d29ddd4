import players

print(players.CAPTAIN, 72)
