import score
import umpire

umpire.four()
print("main.py sees", score.runs)
