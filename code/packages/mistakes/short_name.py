import railway.berth

print(berth.kind(23))
