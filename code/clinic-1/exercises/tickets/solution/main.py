import counter

def report():
    print("sold:", len(counter.SOLD))

if __name__ == "__main__":
    counter.sell("Tenzin")
    counter.sell("Zoya")
    report()
