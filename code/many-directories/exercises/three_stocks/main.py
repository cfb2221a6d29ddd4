import sys

sys.path.append("east")
sys.path.append("west")
sys.path.append("south")

import stock

print(len(stock.__path__))

from stock import daal, oil, rice

print("all three")
