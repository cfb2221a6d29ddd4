import sys

print("os" in sys.modules)
import os

print(hasattr(os, "getcwd"))
