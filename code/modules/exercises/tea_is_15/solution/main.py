import tea

print(tea.bill(3))
