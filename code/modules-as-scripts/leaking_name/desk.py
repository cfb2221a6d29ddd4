import library

print("Fine for Farhan:", library.fine(3))
