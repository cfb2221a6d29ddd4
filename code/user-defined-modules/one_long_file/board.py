import main

print("Rice today: Rs", main.price_of("rice"))
