from datetime import date

BOOKED = ["2027-08-15", "2027-10-29"]

for day in BOOKED:
    print(date.fromisoformat(day).strftime("%A"))
