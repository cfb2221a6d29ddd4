import sys
sys.path.append("package_directory/my_package")
from my_package import module1

print(module1.my_function())
