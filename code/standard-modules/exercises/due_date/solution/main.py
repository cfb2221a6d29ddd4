import datetime


def due(text):
    day = datetime.datetime.strptime(text, "%d/%m/%Y")
    last = day + datetime.timedelta(days=15)
    return last.strftime("%d/%m/%Y %A")


print(due("15/08/2027"))
