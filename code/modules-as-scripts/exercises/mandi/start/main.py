import mandi

print("40 kg onion:", mandi.price(40))
