import sys
sys.path.append('/path/to/your/package_directory')
from my_package import module1
