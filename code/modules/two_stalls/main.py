import coffee
import tea

PRICE = 5

print(tea.bill(2), coffee.bill(2))
print(tea.PRICE, coffee.PRICE, PRICE)
