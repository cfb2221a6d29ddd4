GST = 5

def total(rupees):
    return rupees + rupees * GST // 100
