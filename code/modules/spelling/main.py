import tea

print(tea.bil(3))
