__all__ = ["dosa", "idli"]

idli = "idli from the counter"
chutney = "coconut"
