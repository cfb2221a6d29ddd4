import random


def play(dice):
    return [dice.random(), dice.random()]


first = random.Random(7)
second = random.Random(7)
print(play(first) == play(second))
