import mandi

amount = mandi.price(40)
print("40 kg onion:", amount)
