from weather import *

print("Good morning, Tenzin")
print(degrees("Leh"))
