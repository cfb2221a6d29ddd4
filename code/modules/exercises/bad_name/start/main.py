import bus-pass

print(bus-pass.MONTHLY)
