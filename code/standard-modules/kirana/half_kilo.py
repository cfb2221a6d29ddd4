import bill

amount = bill.total({"rice": 0.5})
print(bill.gst_on(amount))
