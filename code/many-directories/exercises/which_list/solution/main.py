from cricket import finals

print(finals.line(1983))
