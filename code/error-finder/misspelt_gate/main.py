from railway import kind

print(kind(23))
