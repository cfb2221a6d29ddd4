import library

print(library(7))
