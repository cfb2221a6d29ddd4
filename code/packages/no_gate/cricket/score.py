RUNS = {"Gurpreet": 64, "Ananya": 81}
