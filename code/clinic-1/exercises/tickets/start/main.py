import counter

SOLD = []

def report():
    print("sold:", len(SOLD))

if __name__ == "__main__":
    counter.sell("Tenzin")
    counter.sell("Zoya")
    report()
