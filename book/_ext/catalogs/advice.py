"""What a translator may want to look at again: never an error, never a reason to stop a build."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .check import prose, tokens
from .syntax import Entry, Fault, read

NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)")
DOUBLED = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
ENDS = ".?!:"
CLOSING = " \"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK})*_"  # behind an end
# Words that tell a Hinglish text from an English one, such as an error's in the index.
OURS = frozenset(
    [
        "hai",
        "hain",
        "ka",
        "ki",
        "ke",
        "ko",
        "se",
        "mein",
        "aur",
        "nahi",
        "par",
        "toh",
        "yeh",
        "woh",
        "kya",
        "jo",
    ]
)
LONG = 40  # letters of a source whose length says something about that of a translation
RATIOS = (0.45, 2.2)
COLUMNS = ("term", "translation", "forbidden", "note")


@dataclass(frozen=True)
class Term:
    """A line of a language's term base."""

    term: str  # as the source says it
    translation: str
    forbidden: tuple[str, ...]  # what a translation should not say instead
    note: str


def term_base(path: Path) -> tuple[list[Term], list[Fault]]:
    """Read `locale/<language>/terms.csv`; without the file there are no terms.

    `forbidden` holds words with a semicolon between them. A line that is not four cells, or has
    no term or translation, is a fault.
    """
    if not path.exists():
        return [], []
    terms: list[Term] = []
    faults: list[Fault] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != COLUMNS:
            return [], [Fault(path, 1, f"the first line must be {','.join(COLUMNS)}")]
        for row in rows:
            if len(row) != len(COLUMNS) or not row[0].strip() or not row[1].strip():
                faults.append(Fault(path, rows.line_num, "write term,translation,forbidden,note"))
                continue
            term, translation, forbidden, note = (cell.strip() for cell in row)
            words = tuple(word.strip() for word in forbidden.split(";") if word.strip())
            terms.append(Term(term, translation, words, note))
    return terms, faults


def advice(path: Path, terms: list[Term]) -> list[Fault]:
    """Return what is worth a second look in a catalog."""
    entries, faults = read(path)
    if faults or path.name == "sphinx.po":
        return []
    found = []
    for entry in entries:
        if entry.msgid and entry.msgstr and not entry.fuzzy:
            shown = " ".join(entry.msgid.split()[:6])
            said = [*doubts(entry), *forbidden_words(entry, terms)]
            found += [Fault(path, entry.line, f'"{shown}": {text}') for text in said]
    return found


def doubts(entry: Entry) -> list[str]:
    """Say what looks unlike the source: numbers, doubled words, ends, length, nothing done."""
    source, target = (prose(tokens(text)) for text in (entry.msgid, entry.msgstr))
    if entry.msgid == entry.msgstr:
        is_ours = not OURS.isdisjoint(source.casefold().split())
        return ["the translation is the source, word for word"] if is_ours else []
    said = []
    lost = Counter(NUMBER.findall(source)) - Counter(NUMBER.findall(target))
    if lost:
        said.append(f"the number {', '.join(lost)} is not in the translation")
    if (doubled := DOUBLED.search(target)) and not DOUBLED.search(source):
        said.append(f'the word "{doubled[1]}" stands twice')
    ends = [text.rstrip(CLOSING)[-1:] for text in (entry.msgid, entry.msgstr)]
    if ends[0] != ends[1] and (ends[0] in ENDS or ends[1] in ENDS):
        said.append(f'the source ends with "{ends[0]}", the translation with "{ends[1]}"')
    ratio = len(target) / max(1, len(source))
    if len(source) > LONG and not RATIOS[0] < ratio < RATIOS[1]:
        said.append(f"the translation is {ratio:.1f} times as long as the source")
    return said


def forbidden_words(entry: Entry, terms: list[Term]) -> list[str]:
    """Say which word of the term base a translation should use instead of another."""
    source, target = (prose(tokens(text)) for text in (entry.msgid, entry.msgstr))
    return [
        f'"{word}" for {term.term}; the term base says "{term.translation}"'
        + (f" ({term.note})" if term.note else "")
        for term in terms
        if whole(term.term).search(source)
        for word in term.forbidden
        if whole(word).search(target)
    ]


@cache
def whole(words: str) -> re.Pattern[str]:
    """Return a pattern that finds words, whatever their case, and not parts of longer ones."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
