from . import price as one
from .. import price as two

print(one.__name__)
print(two.__name__)

from ... import price as three
