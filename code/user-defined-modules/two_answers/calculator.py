print("I am where you stand")
