import sys
from pathlib import Path

top = Path(__file__).resolve().parent
sys.path.append(str(top / "lib"))
from weather import cities

print(cities.COLDEST)
data = top / "weather" / "cities.csv"
print(data.read_text(encoding="utf-8").strip())
