from kirana import bill

PRICES = {"chai": 12}
LABEL = bill.SHOP + ": chai"
