import json
from pathlib import Path

slip = Path("bill.json")
bill = {"customer": "Zoya", "total": "567.00"}
slip.write_text(json.dumps(bill))

print(slip.read_text())
again = json.loads(slip.read_text())
print(again["total"])
