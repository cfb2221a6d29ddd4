from datetime import date

print((date(2027, 8, 15) - date(2027, 1, 26)).days)
