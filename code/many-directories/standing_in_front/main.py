import sys

sys.path.insert(0, "mandi")
import calendar

print(calendar.MARKET_DAY)
print(hasattr(calendar, "isleap"))
