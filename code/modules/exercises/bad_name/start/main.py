import metro-card

print(metro-card.MONTHLY)
