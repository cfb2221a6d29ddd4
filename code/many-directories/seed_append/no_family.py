import sys
sys.path.append("package_directory/my_package")
import module1

print(module1.__name__, repr(module1.__package__))
