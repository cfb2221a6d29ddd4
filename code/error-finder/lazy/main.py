lazy import report

print("start")
print(report.TITLE)
