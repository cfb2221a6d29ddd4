import numbers
import statistics

print(statistics.mean(numbers.MARKS))
