from decimal import Decimal

rate = Decimal("33.10")
kilos = 3
print("Rs", rate * kilos)
