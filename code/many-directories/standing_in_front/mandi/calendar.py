MARKET_DAY = "Monday"
