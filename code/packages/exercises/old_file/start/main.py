import weather.cities

print(weather.STATION, "station")
print("Leh", weather.cities.low("Leh"))
