import datetime

now = datetime.datetime.now()
print(now.year > 2000)
