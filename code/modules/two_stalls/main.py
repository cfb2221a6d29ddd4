import coffee
import tea

PRICE = 5

print(tea.bill(2), coffee.bill(2), PRICE)
tea.PRICE = 15
print(tea.bill(2), coffee.bill(2), PRICE)
