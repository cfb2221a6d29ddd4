import railway.berth

TITLE = "Chart"
