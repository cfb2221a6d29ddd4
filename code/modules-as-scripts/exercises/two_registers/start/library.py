issued = []

if __name__ == "__main__":
    import desk

    desk.issue("Zoya")
    desk.issue("Tenzin")
    print("Issued to:", issued)
