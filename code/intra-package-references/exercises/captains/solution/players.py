CAPTAIN = "Farhan"
