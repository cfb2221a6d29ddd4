print("railway gate opens")
