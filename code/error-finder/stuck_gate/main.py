import railway.berth

print(railway.berth.kind(23))
