import sales

def sell(name):
    sales.SOLD.append(name)
