from shop import bill

print(bill.total({"rice": 5, "daal": 2}))
