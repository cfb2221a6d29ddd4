import ticket

print("100 km: Rs", ticket.fare(100))
print("One km: Rs", tariff.PER_KM)
