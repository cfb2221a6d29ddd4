from breakfast import *

print(dosa.__name__)
print(idli)
print(chutney)
