from railway.berth import kind
