from offers import DISCOUNT

print(DISCOUNT)
