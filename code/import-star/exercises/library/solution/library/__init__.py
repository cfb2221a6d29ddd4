from datetime import date

__all__ = ["NAME", "fines"]

NAME = "Shillong Library"
OPENED = date(1968, 4, 1)
