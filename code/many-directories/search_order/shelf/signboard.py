PLACE = "shelf"
