GST = 12

def with_tax(rupees):
    return rupees + rupees * GST // 100
