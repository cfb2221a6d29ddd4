import slip

if __name__ == "__main__":
    shop = "Asha Kirana"
    slip.heading()
