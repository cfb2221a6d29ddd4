import sys
from pathlib import Path

sys.path.append(Path(__file__).resolve().parent / "package_directory")
import my_package
