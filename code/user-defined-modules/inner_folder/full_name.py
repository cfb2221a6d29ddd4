import tools.calculator

print(tools.calculator.multiply(4, 5))
