import railway.berth.kind
