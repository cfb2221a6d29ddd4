import datetime

start = datetime.date(2027, 1, 26)
end = datetime.date(2027, 8, 15)
gap = end - start
print(gap.days, end.strftime("%A"))
