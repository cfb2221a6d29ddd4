import datetime

day = datetime(2027, 8, 15)
print(day)
