import cgi

print("report ready")
