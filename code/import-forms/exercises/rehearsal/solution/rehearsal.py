import reminder


def note(text):
    print("not sent:", text)


reminder.tell = note
reminder.remind("Ananya")
