import fare

print("Round trip:", 2 * fare.price(8))
