import random

throws = []
for turn in range(1000):
    throws.append(random.randint(1, 6))
print(min(throws), max(throws))
