import .module2
