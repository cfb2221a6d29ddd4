def send(text):
    print("SMS:", text)
