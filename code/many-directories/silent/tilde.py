import sys

sys.path.append("~/silent/lib")
import shop
