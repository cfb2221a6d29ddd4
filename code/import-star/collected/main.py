import kirana

print(kirana.price_of("oil"))
print(kirana.total({"rice": 5, "daal": 2}))
print("PRICES" in dir(kirana))
