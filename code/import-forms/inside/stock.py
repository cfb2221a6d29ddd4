COUNT = 32
ITEM = "laddoo"
