from kirana import diwali

print(diwali.offer_price("rice"))
