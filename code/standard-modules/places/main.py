import os
import random
import sys
from pathlib import Path

print(sys.__spec__.origin)
print(os.__spec__.origin)
print(Path(random.__spec__.origin).name)
print("sys" in sys.builtin_module_names)
print("random" in sys.builtin_module_names)
