import shop

print(shop.OWNER)
import shop.delhi
