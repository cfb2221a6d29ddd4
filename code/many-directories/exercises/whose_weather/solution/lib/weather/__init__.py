TITLE = "Coldest town:"
