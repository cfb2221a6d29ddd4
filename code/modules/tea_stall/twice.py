import order
import tea

print("twice.py is done")
