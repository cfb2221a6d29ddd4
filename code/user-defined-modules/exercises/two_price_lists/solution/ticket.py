import rates

print("Ticket for 10 km: Rs", 10 * rates.PER_KM)
