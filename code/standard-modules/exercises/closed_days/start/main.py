import calendar

print("Closed:", calendar.CLOSED)
print("2100 leap:", calendar.isleap(2100))
