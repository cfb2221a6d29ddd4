RATES = {"onion": 18, "potato": 14}
