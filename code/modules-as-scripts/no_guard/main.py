import my_module

print("Imported, greeted already")
