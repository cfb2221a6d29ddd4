import my_package.module1
