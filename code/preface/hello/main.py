print("Import Karo!")
