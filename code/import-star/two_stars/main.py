from cricket import *
from kabaddi import *

print(points("Gurpreet"))
print(points.__module__)
