from railway.fares import price
