from shelf import books, lend

lend()
lend()
print("Books left:", books)
