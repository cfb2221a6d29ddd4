from math import gcd

print("tile:", gcd(360, 276), "cm")
