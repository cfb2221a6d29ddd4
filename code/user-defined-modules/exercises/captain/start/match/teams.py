CAPTAIN = "Meena"
