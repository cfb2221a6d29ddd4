import bill

print(bill.total(["chai"]))
