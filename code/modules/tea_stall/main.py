print("main begins")
import order
import tea

print(tea.bill(3))
