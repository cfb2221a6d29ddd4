print("I am at home")
