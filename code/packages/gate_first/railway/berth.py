print("berth room opens")
