import kirana.bill

PRICES = {"chai": 12}
LABEL = kirana.bill.SHOP + ": chai"
