from datetime import date

print(date("2027-08-15"))
