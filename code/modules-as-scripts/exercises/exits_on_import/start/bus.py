import seat

print("Seat 5:", seat.side(5))
