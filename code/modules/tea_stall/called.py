import tea

print(tea(3))
