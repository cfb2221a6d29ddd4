import ticket

print("Satara: Rs", ticket.fare(110))
print("Pune: Rs", ticket.fare(150))
