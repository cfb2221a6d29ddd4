import datetime

start = datetime.date(2027, 10, 2)
end = datetime.date(2027, 12, 25)
print((end - start).days, "days")
