from ..stock import RICE_KG

print(f"{RICE_KG} kg of rice left")
