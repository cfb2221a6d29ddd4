PLACE = "extra"
