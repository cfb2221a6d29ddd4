import metro_card

print(metro_card.MONTHLY)
