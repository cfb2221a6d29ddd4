import sys
from pathlib import Path

top = Path(__file__).resolve().parent.parent
sys.path.append(str(top / "lib"))
from bus.fare import ticket

print(ticket(10))
