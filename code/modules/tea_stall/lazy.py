lazy import tea

print("lazy.py starts")
print(tea.bill(3))
