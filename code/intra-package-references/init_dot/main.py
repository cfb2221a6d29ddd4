import railway.booking
