"""The characters that no page, EPUB or PDF can hold, refused at each door that text comes by.

XML 1.0, section 2.2 (Characters); without the control characters that it allows and no font has,
and without the byte order mark.
"""

from __future__ import annotations

import re

UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


def named(character: str) -> str:
    """Return a character that cannot be shown, as its number."""
    return f"the character U+{ord(character):04X}"


def first(text: str) -> tuple[int, str] | None:
    """Return the line (from 1) and the name of the first such character of a text, if any."""
    found = UNPRINTABLE.search(text)
    return (text.count("\n", 0, found.start()) + 1, named(found[0])) if found else None
