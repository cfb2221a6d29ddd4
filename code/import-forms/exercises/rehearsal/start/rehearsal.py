import reminder


def note(text):
    print("not sent:", text)


reminder.send = note
reminder.remind("Ananya")
