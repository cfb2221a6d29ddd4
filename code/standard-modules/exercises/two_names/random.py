print("my random")
