import shelf

shelf.lend()
shelf.lend()
print("Books left:", shelf.books)
