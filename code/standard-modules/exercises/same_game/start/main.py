import random


def play(dice):
    return [dice.random(), dice.random()]


dice = random.Random(7)
print(play(dice) == play(dice))
