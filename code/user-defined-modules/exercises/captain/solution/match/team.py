CAPTAIN = "Sunita"
