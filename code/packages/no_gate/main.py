import cricket.score

print(cricket.score.RUNS["Ananya"])
print(cricket.__file__)
