import sys
from pathlib import Path

sys.path.append(Path(__file__).resolve().parent / "lib")
import weather
