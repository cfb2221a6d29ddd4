from pathlib import Path

top = Path(__file__).resolve().parent.parent
__path__.append(str(top / "offers"))
