from kirana.bill import total

print(total({"rice": 5, "daal": 2}))
