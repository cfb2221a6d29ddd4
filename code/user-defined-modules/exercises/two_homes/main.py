from desk import ticket

print("all ready")
