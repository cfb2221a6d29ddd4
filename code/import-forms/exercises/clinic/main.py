import clinic
from clinic import join, new_day, waiting

join("Farhan")
print(waiting, clinic.waiting)
new_day()
join("Meena")
print(waiting, clinic.waiting)
