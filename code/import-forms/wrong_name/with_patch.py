from unittest.mock import patch

import bill

with patch("prices.price_of", return_value=1):
    print(bill.total("rice", 3))
with patch("bill.price_of", return_value=1):
    print(bill.total("rice", 3))
print(bill.total("rice", 3))
