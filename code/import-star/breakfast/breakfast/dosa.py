print("dosa.py runs")
