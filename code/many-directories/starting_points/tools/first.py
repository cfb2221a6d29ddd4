import sys

print(repr(sys.path[0]))
