print("the calculator beside main.py")
