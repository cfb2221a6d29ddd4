import card

if __name__ == "__main__":
    venue = "Patna"
    card.heading()
