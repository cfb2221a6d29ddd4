from pprint import pprint

BOOKS = ["Godaan", "Train to Pakistan", "Malgudi Days"]

pprint(BOOKS, width=30)
