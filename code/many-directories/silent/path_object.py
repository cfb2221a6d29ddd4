import sys
from pathlib import Path

sys.path.append(Path("lib"))
import shop
