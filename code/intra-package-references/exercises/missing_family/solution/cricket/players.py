CAPTAIN = "Zoya"
