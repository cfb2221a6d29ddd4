print("fare room opens")
