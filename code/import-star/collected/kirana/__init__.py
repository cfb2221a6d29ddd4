from kirana.bill import *
from kirana.prices import *

__all__ = ["price_of", "total"]
