import ticket
import rates

print("Pune: Rs", ticket.fare(150))
print("One km: Rs", rates.PER_KM)
