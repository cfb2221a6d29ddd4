print("booking gate opens")
