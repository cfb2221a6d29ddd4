print("song.py wears", __name__)
