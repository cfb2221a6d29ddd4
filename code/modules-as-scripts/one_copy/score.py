print("score.py wears", __name__)
runs = []
