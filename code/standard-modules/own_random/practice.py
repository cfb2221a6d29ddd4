print("dice practice")
