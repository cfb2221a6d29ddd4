"""The term base: what the book's own words are called in a language, `locale/<code>/terms.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from .syntax import Entry, Fault, read

COLUMNS = ("term", "translation", "forbidden", "note")


@dataclass(frozen=True)
class Term:
    """A line of a language's term base."""

    line: int
    term: str  # as the source says it
    translation: str  # empty where none has been chosen yet
    forbidden: tuple[str, ...]  # what a translation should not say instead
    note: str


def read_terms(path: Path) -> tuple[list[Term], list[Fault]]:
    """Read a term base; without the file there are no terms.

    `forbidden` holds words with a semicolon between them. A line that is not four cells, or has
    no term, is a fault; so is a term that stands twice.
    """
    if not path.exists():
        return [], []
    try:
        rows = csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return [], [Fault(path, line, "this line is not UTF-8; save the file as UTF-8")]
    if tuple(next(rows, ())) != COLUMNS:
        return [], [Fault(path, 1, f"the first line must be {','.join(COLUMNS)}")]
    terms: dict[str, Term] = {}
    faults: list[Fault] = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if len(cells) != len(COLUMNS) or not cells[0]:
            faults.append(Fault(path, rows.line_num, f"write {','.join(COLUMNS)}"))
        elif cells[0] in terms:
            text = f"{cells[0]} stands in line {terms[cells[0]].line} already; delete one"
            faults.append(Fault(path, rows.line_num, text))
        else:
            words = tuple(word.strip() for word in cells[2].split(";") if word.strip())
            if cells[1] in words:
                faults.append(Fault(path, rows.line_num, f"{cells[1]} is forbidden here, too"))
            terms[cells[0]] = Term(rows.line_num, cells[0], cells[1], words, cells[3])
    return list(terms.values()), faults


def drift(path: Path, glossary: Path) -> list[Fault]:
    """Return each term that the glossary of a language calls otherwise than its term base.

    A term that keeps its name, as a name of Python does, need not stand in the base.
    """
    if not glossary.exists():
        return []
    base = {term.term.casefold(): term for term in read_terms(path)[0]}
    found = []
    for entry in filter(is_term, read(glossary)[0]):
        term = base.get(entry.msgid.casefold())
        place = f'"{entry.msgstr}" in {glossary.name}:{entry.line}'
        if term is None and entry.msgstr != entry.msgid:
            text = (
                f"{entry.msgid} is {place} and has no line here; add {entry.msgid},{entry.msgstr},,"
            )
            found.append(Fault(path, 1, text))
        elif term and term.translation != entry.msgstr:
            text = f'{term.term} is "{term.translation}" here and {place}; write the same'
            found.append(Fault(path, term.line, text))
    return found


def is_term(entry: Entry) -> bool:
    """Tell whether an entry of the glossary's catalog is a term: a few words, no sentence."""
    words = entry.msgid.split()
    return entry.is_printed and entry.msgid.islower() and len(words) < 4 and "." not in entry.msgid


def with_terms_of(model: Path, path: Path) -> bytes:
    """Return a term base with the terms it lacks added behind its own, not translated yet."""
    known = {term.term for term in read_terms(path)[0]}
    lacking = [term for term in read_terms(model)[0] if term.term not in known]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if not path.exists():
        writer.writerow(COLUMNS)
    writer.writerows([term.term, "", "", term.note] for term in lacking)
    return (path.read_bytes() if path.exists() else b"") + out.getvalue().encode()
