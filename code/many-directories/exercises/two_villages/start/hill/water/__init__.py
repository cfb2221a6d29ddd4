DISTRICT = "Solan"
