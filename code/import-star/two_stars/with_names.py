import cricket
from kabaddi import points as raid_points

print(cricket.points("Gurpreet"))
print(raid_points("Gurpreet"))
