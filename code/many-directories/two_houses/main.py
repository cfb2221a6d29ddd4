import kirana
from kirana import diwali

for house in kirana.__path__:
    print(house)
print(diwali.__name__, repr(diwali.__package__))
print(diwali.offer_price("rice"))
