import tea

print(tea.total(3))
