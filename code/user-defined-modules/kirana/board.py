import prices

print("Rice today: Rs", prices.price_of("rice"))
