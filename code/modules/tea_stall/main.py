import tea

print(tea.bill(3))
tea.PRICE = 15
print(tea.bill(3))
