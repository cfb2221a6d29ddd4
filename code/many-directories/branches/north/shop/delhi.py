ITEM = "rajma"
