NAME = "Shillong Library"
