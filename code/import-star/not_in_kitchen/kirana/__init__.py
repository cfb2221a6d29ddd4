__all__ = ["bill", "price"]
