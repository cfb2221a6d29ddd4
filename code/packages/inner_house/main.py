from railway.booking.ticket import write

print(write("Meenakshi", 23))
