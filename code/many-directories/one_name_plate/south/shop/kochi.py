ITEM = "coconut"
