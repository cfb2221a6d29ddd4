import sys

import calculator

print(sys.path[0])
