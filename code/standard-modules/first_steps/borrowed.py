import statistics

runs = [45, 102, 7]
print(statistics.mean(runs))
print(math.sqrt(16))
