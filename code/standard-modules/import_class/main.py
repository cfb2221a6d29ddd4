import datetime.date

print(datetime.date(2027, 8, 15))
