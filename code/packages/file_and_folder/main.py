import kirana.bill
