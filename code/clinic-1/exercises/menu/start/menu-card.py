def price(item):
    return {"dosa": 60, "idli": 40}[item]
