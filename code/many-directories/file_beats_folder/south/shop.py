OWNER = "Lakshmi"
