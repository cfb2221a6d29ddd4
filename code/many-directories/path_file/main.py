import kirana

print("open:", kirana.OPEN)
