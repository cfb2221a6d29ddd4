import passengers

print("ticket ready")
