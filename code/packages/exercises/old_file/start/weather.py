STATION = "Pune"
