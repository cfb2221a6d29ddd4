from berth import kind

print("Berth 23:", kind(23))
