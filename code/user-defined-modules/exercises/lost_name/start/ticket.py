def fare(km):
    return rates.PER_KM * km
