import library.fines

print(library.fines.fine(7))
