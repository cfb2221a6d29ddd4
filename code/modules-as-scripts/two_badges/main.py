import song

print("main.py wears", __name__)
