rate = 1
stock = 5

from mandi import *

print(rate, stock, _season)
print(lorry)
