from kirana import bill

print(bill.total(["chai"]))
