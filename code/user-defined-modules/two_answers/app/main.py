import calculator
