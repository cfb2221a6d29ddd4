import players
from .cricket import score

print("Kabaddi:", players.CAPTAIN)
print("Cricket:", score.line(72))
