import multiprocessing

print("votes.py wears", __name__)


def count():
    print("Counting in another process")


if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    worker = spawn.Process(target=count)
    worker.start()
    worker.join()
