TODAY = "poha"
