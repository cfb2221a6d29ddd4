import tea

print(bill(3))
