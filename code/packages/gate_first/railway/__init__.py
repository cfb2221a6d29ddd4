print("gate opens")
