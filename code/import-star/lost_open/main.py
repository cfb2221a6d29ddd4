from os import *

open("note.txt", "w")
