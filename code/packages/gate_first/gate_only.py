import railway
