from datetime import date

import bill

day = date(2027, 8, 15)
amount = bill.total({"rice": 5, "daal": 2})
gst = bill.gst_on(amount)
print("Asha Kirana", day.strftime("%d/%m/%Y"))
print("Items", amount)
print("GST", gst)
print("Total", amount + gst)
