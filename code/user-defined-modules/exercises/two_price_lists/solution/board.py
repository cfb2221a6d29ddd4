import rates

print("Rs", rates.PER_KM, "per km")
