import fare

print(ticket(10))
