import sys
sys.path.append("lib")
from bus.fare import ticket

print(ticket(10))
