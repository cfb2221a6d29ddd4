NAME = "Kochi library"
issued = []
