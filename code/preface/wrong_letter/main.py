name = "Asha"
print("Namaste,", nam)
