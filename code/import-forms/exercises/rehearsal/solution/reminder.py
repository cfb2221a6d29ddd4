from sms import send as tell


def remind(person):
    tell(person + ", your book is late")
