import shop.bill
