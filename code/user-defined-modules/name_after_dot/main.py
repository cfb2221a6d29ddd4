import calculator.multiply
