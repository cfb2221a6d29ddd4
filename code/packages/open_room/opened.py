import railway.berth

print(railway.berth.kind(23))
print(railway.berth.kind(72))
