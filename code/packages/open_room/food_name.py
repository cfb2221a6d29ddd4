from railway import food
