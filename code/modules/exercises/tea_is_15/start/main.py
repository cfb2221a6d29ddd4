import tea

TEA = 15
tea.TEA = 15
print(tea.bill(3))
