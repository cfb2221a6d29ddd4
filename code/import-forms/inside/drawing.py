print("drawing.py runs")


def bar(length):
    return "#" * length
