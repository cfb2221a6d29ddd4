CAPITALS = {"Bihar": "Patna", "Kerala": "Thiruvananthapuram"}

def main():
    for state in CAPITALS:
        print("Capital of", state, "?")

if __name__ == "__main__":
    main()
