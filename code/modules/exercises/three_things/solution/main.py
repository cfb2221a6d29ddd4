import library

print(library.FINE)
print(library.fine(7))
print(library.Member("Zoya").letter(7))
