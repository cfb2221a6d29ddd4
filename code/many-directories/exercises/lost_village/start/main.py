from water import rampur, sonpur

print("wells:", rampur.WELLS + sonpur.WELLS)
