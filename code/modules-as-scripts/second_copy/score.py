print("score.py wears", __name__)
runs = []

if __name__ == "__main__":
    import umpire

    umpire.four()
    print("score.py sees", runs)
