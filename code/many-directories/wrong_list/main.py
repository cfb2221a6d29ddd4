import sys
sys.path.append("offers")
from kirana import diwali

print(diwali.offer_price("rice"))
