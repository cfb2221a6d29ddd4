import Calculator

print(Calculator.multiply(4, 5))
