SOLD = []

def sell(name):
    SOLD.append(name)
