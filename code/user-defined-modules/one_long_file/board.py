import main

print("One km: Rs", main.PER_KM)
