import ast

code = "from cricket import *\nfrom kabaddi import points"
for line in ast.parse(code).body:
    print(line.module, line.names[0].name)
