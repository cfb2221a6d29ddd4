import statistics

runs = [45, 102, 7, 66, 45]
print(statistics.mean(runs))
print(statistics.median(runs))
print(statistics.mode(runs))
