__all__ = [
    "berth",
    "fare",
]
