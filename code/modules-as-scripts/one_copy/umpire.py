import score


def four():
    score.runs.append(4)
    print("umpire.py sees", score.runs)
