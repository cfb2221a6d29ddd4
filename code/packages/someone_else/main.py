import chart
import railway

print(chart.TITLE, railway.berth.kind(23))
