import bill
import prices


def one_rupee(item):
    return 1


prices.price_of = one_rupee
print("Bill:", bill.total("rice", 3))
print("Price:", prices.price_of("rice"))
