import multiprocessing

print("votes.py wears", __name__)


def count():
    print("Counting in another process")


if __name__ == "__main__":
    worker = multiprocessing.Process(target=count)
    worker.start()
    worker.join()
