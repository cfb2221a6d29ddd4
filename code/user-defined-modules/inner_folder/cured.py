from tools import calculator

print(calculator.multiply(4, 5))
