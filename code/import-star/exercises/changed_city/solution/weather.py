__all__ = ["coldest"]

TEMPERATURES = {"Pune": 29, "Shillong": 17, "Leh": -5}

coldest = "Pune"
for city in TEMPERATURES:
    if TEMPERATURES[city] < TEMPERATURES[coldest]:
        coldest = city
