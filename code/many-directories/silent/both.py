import sys

sys.path.append("lib")
sys.path.append("lib/shop")
import cart
import shop.cart

cart.items.append("rice")
print(cart.items, shop.cart.items)
