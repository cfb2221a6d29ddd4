import sys

sys.path.append("hill")
sys.path.append("plain")

from water import district, rampur, sonpur

print(district.DISTRICT, rampur.WELLS + sonpur.WELLS)
