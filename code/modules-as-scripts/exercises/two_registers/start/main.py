import register

print("main.py wears", __name__)
issued = []

if __name__ == "__main__":
    import desk

    desk.issue("Zoya")
    desk.issue("Tenzin")
    print(register.NAME, issued)
