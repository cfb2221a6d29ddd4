import score
import umpire

umpire.four()
print("play.py sees", score.runs)
