import library

print(library.fines.fine(7))
