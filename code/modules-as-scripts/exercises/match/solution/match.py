import referee

print("match.py wears", __name__)


def show():
    print("Points:", referee.points)


if __name__ == "__main__":
    referee.award("Meena")
    referee.award("Tenzin")
    show()
