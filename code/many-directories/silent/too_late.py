import shop
import sys

sys.path.append("lib")
