STATION = "Pune"
LOW = {"Pune": 9}
