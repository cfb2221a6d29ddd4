import team

print("Captain:", team.CAPTAIN)
