import concurrent

print(concurrent.futures.__name__)
