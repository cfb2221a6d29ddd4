print("bill opens")
