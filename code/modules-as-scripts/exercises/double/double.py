import sys

print(len(sys.argv))
print(sys.argv[1] * 2)
print(sys.argv[2] * 2)
