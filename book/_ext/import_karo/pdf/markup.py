"""Pieces of Typst source: escaped text, strings, arrays, and marks that are dropped when joined."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Every mark of ASCII but these may mean something to Typst somewhere in a line.
SPECIAL = re.compile(r"[^\w\s,?!)%|\u0080-\U0010ffff]|_")
# Where a dotted name or a path may break, other than at blanks.
BREAK_AFTER = re.compile(r"(?<=[./_\\:=,(-])(?=[^\s])")
SHORT = 16  # inline code of no more letters stays on one line
LONG = 40  # a word of more letters may not fit into a line that is already set in
CHOP = 8  # letters of a word that is broken by force


class Mark(str):
    """A piece without text that says which line of a source the next pieces come from."""

    __slots__ = ("line", "source")
    source: str
    line: int

    @classmethod
    def of(cls, source: str, line: int) -> Mark:
        """Return the mark of a place in a source file."""
        mark = cls("")
        mark.source, mark.line = source, line
        return mark


class Anchor(str):
    """A piece that gives a place a name; left out when nothing leads there."""

    __slots__ = ("label",)
    label: str

    @classmethod
    def of(cls, label: str) -> Anchor:
        """Return the anchor of a label."""
        anchor = cls(f"#a({string(label)})")
        anchor.label = label
        return anchor


def escaped(text: str) -> str:
    """Return text as Typst markup that shows exactly it."""
    if any(len(word) > LONG for word in text.split()):
        parts = re.split(r"(\s+)", text)
        return "".join("#slip;".join(map(_escaped, chopped(part))) for part in parts if part)
    return _escaped(text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text.replace("\n", " "))


def string(text: str) -> str:
    """Return text as a string of Typst."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + quoted.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def array(items: Iterable[str]) -> str:
    """Return an array of Typst expressions."""
    found = list(items)
    return f"({found[0]},)" if len(found) == 1 else f"({', '.join(found)})"


def code(text: str) -> str:
    """Return inline code; long names may break where a reader would break them."""
    parts = BREAK_AFTER.split(text) if len(text) > SHORT else [text]
    shown = [string(each) for part in parts for each in chopped(part)]
    return f"#raw({shown[0]})" if len(shown) == 1 else f"#c({', '.join(shown)})"


def pieces(text: str) -> list[str]:
    """Cut a run of code where it may break: after blanks, long words after a point or a slash."""
    if len(text) <= LONG:
        return [text]
    cut = [BREAK_AFTER.split(word) if len(word) > LONG else [word] for word in words(text)]
    return [piece for word in cut for piece in word]


def words(text: str) -> list[str]:
    """Cut a text into words, each with the blanks behind it."""
    return re.split(r"(?<=\s)(?=\S)", text)


def chopped(piece: str) -> list[str]:
    """Cut words that cannot break, so that they go on in the next line at the paper's edge."""
    found = []
    for word in words(piece):
        step = CHOP if len(word) > LONG else len(word)
        found += [word[start : start + step] for start in range(0, len(word), step)]
    return found if len(piece) > LONG else [piece]
