import kochi
import leh

temperature = 24
print("Leh", temperature)
print("Kochi", temperature)
