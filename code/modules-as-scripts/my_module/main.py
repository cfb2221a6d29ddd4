import my_module

print("Imported, no greeting yet")
my_module.greeting()
