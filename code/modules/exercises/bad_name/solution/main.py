import bus_pass

print(bus_pass.MONTHLY)
