import sys

sys.path.append("hill")
sys.path.append("plain")

import water
from water import rampur, sonpur

print(water.DISTRICT, rampur.WELLS + sonpur.WELLS)
