NAME = "Kochi library"
