import mandi

for name in mandi.__all__:
    if not hasattr(mandi, name):
        print("only on the card:", name)

for name in dir(mandi):
    if not name.startswith("_"):
        if name not in mandi.__all__:
            print("not on the card:", name)
