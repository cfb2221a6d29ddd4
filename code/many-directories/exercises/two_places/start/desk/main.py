import sys

sys.path.append("lib")
from library.fines import fine

print("Farhan:", fine(7))
