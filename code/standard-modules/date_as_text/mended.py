from datetime import date

print(date.fromisoformat("2027-08-15"))
