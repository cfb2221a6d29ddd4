print("match.py wears", __name__)
points = []


def show():
    print("Points:", points)


if __name__ == "__main__":
    import referee

    referee.award("Meena")
    referee.award("Tenzin")
    show()
