print("idli.py runs")
