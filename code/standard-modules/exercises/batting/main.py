import random

team = ["Zoya", "Imran", "Lakshmi"]
order = random.shuffle(team)
print(len(team))
print(order)
