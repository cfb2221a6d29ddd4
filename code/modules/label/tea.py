"""Bills for a small tea stall."""

PRICE = 12
