from weather import degrees

print("Good morning, Tenzin")
print(degrees("Leh"))
