import sys
from pathlib import Path

top = Path(__file__).resolve().parent.parent
sys.path.append(str(top / "lib"))
from library.fines import fine

print("Farhan:", fine(7))
