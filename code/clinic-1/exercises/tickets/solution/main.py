import counter
import sales

def report():
    print("sold:", len(sales.SOLD))

if __name__ == "__main__":
    counter.sell("Tenzin")
    counter.sell("Zoya")
    report()
