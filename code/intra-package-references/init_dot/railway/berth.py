KINDS = 8
print("railway.berth is here:", KINDS, "kinds")
