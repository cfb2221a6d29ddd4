rate = 33.10
kilos = 3
print("Rs", rate * kilos)
