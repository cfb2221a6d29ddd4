from datetime import date

print(date(2027, 2, 29))
