issued = []

if __name__ == "__main__":
    import desk

    desk.issue(issued, "Zoya")
    desk.issue(issued, "Tenzin")
    print("Issued to:", issued)
