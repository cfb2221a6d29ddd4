from decimal import Decimal

import bill

amount = bill.total({"rice": Decimal("0.5")})
print(bill.gst_on(amount))
