__all__ = ["dosa", "idli"]

idli = "four idlis"
chutney = "coconut"
