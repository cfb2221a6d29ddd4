def frame(text):
    return "*** " + text + " ***"
