from .fines import PER_DAY

print("Farhan pays Rs", 7 * PER_DAY)
