import fare

print(fare.ticket(10))
