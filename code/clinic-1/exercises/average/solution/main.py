import marks
import statistics

print(statistics.mean(marks.MARKS))
