print("old file")
