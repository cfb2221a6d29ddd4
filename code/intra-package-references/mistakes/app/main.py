from .helpers import greet

print(greet())
