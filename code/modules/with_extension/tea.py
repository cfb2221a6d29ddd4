print("tea stall opens")
