STATION = "Shillong"
