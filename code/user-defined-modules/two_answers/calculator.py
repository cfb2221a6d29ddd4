print("the calculator beside you")
