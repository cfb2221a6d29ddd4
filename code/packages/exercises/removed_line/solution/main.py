import chart
import railway.berth
import railway.fare

for number in [23, 25]:
    print(chart.TITLE, number, railway.berth.kind(number))
    print("Rs", railway.fare.price(number))
