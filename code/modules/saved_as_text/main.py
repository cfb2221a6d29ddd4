import tea

print(tea.PRICE)
