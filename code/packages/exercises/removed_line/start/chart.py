TITLE = "Night coach"
