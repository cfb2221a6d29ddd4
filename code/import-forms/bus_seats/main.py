import bus
from bus import free, passengers

bus.book("Tenzin")
print(free, passengers)
print(bus.free, bus.passengers)
