try:
    from banner import frame
except ModuleNotFoundError:

    def frame(text):
        return text


print(frame("Sale"))
