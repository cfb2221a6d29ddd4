COLDEST = "Leh"
