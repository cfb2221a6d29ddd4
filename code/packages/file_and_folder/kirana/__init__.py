print("new folder")
