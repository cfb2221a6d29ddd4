PER_KM = 2

print("Ticket for 10 km: Rs", 10 * PER_KM)
