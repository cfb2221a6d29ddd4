import railway.food
