import railway

print(railway.berth.kind(23))
