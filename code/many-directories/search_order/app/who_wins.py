import sys
sys.path.append("shelf")
import signboard

print(signboard.PLACE)
