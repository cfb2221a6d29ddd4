import tariff


def fare(km):
    return tariff.PER_KM * km
