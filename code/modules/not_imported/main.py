print(bill(3))
