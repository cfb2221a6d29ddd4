temperature = -5
