import bill
import prices

print(bill.total({"rice": 5, "daal": 2}))
print(prices.price_of("oil"))
