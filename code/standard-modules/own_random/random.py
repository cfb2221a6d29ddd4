print("dice practice")
SIDES = 6
