temperature = 31
