import railway.chart
