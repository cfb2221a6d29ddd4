import random

random.seed(7)
for match in ("Pune", "Kochi", "Shillong"):
    if random.random() < 0.5:
        print(match, "heads")
    else:
        print(match, "tails")
