print("ticket room opens")
