import tea

print(tea.__name__)
print(tea.__doc__)
print(tea.__file__)
