CAPTAIN = "Gurpreet"
