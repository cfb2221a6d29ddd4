import tea
import tea

print("twice.py is done")
