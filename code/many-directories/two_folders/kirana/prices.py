def price_of(item):
    return {"rice": 60, "daal": 120, "oil": 180}[item]
