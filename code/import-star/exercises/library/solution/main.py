from library import *

print(NAME)
print(fines.due(7))
