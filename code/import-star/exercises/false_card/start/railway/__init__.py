__all__ = [
    "berth"
    "fares",
]
