import tariff

print("One km: Rs", tariff.PER_KM)
