from datetime import date

_all_ = ["NAME", "fine"]

NAME = "Shillong Library"
OPENED = date(1968, 4, 1)
