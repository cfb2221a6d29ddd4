import score

runs = 50
print(score.add(4))
print(runs)
print(add(4))
