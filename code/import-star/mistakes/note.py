from os import *

file = open("note.txt", "w")
file.write("chai at four")
file.close()
