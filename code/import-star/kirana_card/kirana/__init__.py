from kirana.bill import total
from kirana.prices import price_of

__all__ = ["price_of", "total"]
