import random

asha = random.Random(7)
imran = random.Random(7)
print(asha.random() == imran.random())
print(1 <= asha.randint(1, 6) <= 6)
