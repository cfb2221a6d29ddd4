import weather

print("Kochi:", weather.feels(31))
