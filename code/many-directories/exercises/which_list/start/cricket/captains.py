NAMES = {1983: "Kapil", 2011: "Dhoni"}
