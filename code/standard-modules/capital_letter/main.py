import Math

print(Math.sqrt(16))
