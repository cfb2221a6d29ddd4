from kabaddi import points

print(points(9, 4))
