import tea_stall

print(tea_stall.PRICE)
