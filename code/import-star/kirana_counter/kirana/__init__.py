from kirana.bill import total
