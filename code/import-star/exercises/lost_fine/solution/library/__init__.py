__all__ = ["NAME", "fines"]

NAME = "Shillong Library"
