print("my os")
