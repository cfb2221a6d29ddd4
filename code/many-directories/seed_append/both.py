import sys

sys.path.append("package_directory")
sys.path.append("package_directory/my_package")

import module1
import my_package.module1

module1.visits.append("Asha")
print(module1.visits, my_package.module1.visits)
