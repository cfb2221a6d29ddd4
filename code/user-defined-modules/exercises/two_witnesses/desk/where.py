import os
import sys

print("you stand in", os.getcwd())
print("script lies in", sys.path[0])
