import calendar

import shop_days

print("Closed:", shop_days.CLOSED)
print("2100 leap:", calendar.isleap(2100))
