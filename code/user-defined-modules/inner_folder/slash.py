import tools/calculator
