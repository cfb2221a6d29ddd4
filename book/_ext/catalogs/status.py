"""`make po-status`: what is translated, chapter by chapter, language by language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import editions

from . import catalogs_of, languages
from .syntax import read


@dataclass(frozen=True)
class Count:
    """How many messages of a catalog are in which state."""

    translated: int
    fuzzy: int
    missing: int

    @property
    def total(self) -> int:
        """All messages that readers can meet."""
        return self.translated + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """Translated messages in whole percent, rounded down: 100 means complete."""
        return 100 * self.translated // self.total if self.total else 100

    def __add__(self, other: Count) -> Count:
        return Count(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.missing + other.missing,
        )


def count(path: Path) -> Count:
    """Count a catalog's messages, without its header."""
    entries = [entry for entry in read(path)[0] if entry.msgid]
    fuzzy = sum(entry.fuzzy for entry in entries)
    missing = sum(not entry.msgstr and not entry.fuzzy for entry in entries)
    return Count(len(entries) - fuzzy - missing, fuzzy, missing)


def table(language: str) -> str:
    """Return the table of one language."""
    folder = editions.ROOT / "locale" / language / "LC_MESSAGES"
    rows = {
        path.relative_to(folder).with_suffix("").as_posix(): count(path)
        for path in catalogs_of(language)
        if path.name != "sphinx.po"
    }
    total = sum(rows.values(), Count(0, 0, 0))
    width = max(map(len, [*rows, language]), default=0)
    lines = [f"{language:{width}} {'done':>6} {'fuzzy':>6} {'missing':>8} {'%':>5}"]
    for name, row in [*rows.items(), ("all", total)]:
        line = f"{name:{width}} {row.translated:6} {row.fuzzy:6} {row.missing:8} {row.percent:5}"
        lines.append(line)
    return "\n".join(lines)


def main() -> int:
    """Print the tables of every language but the source."""
    translated = [code for code in languages() if code != editions.SOURCE.code]
    print("\n\n".join(table(code) for code in translated))
    return 0
