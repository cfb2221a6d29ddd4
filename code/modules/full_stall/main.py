import tea

print(tea.PRICE)
print(tea.bill(3))

order = tea.Order("Meenakshi", 2)
print(order.slip())
