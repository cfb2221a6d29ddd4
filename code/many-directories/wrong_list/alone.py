import sys
sys.path.append("offers")
import diwali

print(diwali.offer_price("rice"))
