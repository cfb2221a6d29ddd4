print(repr(__name__), repr(__package__))
