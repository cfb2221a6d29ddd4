import kochi
import leh

temperature = 24
print("Leh", leh.temperature)
print("Kochi", kochi.temperature)
