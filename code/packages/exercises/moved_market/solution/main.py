from mandi.sale import amount

print(amount("onion", 50))
