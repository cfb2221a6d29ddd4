"""Reads .po files strictly: every fault is found, with its line.

Grammar: "The Format of PO Files" in the GNU gettext manual. Babel and gettext readers skip what
they do not understand, so a conflict marker or a lost quote would print the wrong text.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from ...core.characters import UNPRINTABLE, named

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(.*)", re.DOTALL)
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(\s|$)")
BYTE_ORDER_MARK = "starts with a byte order mark; save as UTF-8 without BOM"
WINDOWS = "has Windows line ends (CRLF); save with LF"
EMPTY = "the file is empty; restore it, or delete it and run `make po`"
NO_HEADER = 'no header (msgid ""); run `make po`, which writes one'
NO_CHARSET = "the header must say charset=UTF-8"
# Faults of form that hide no translation: `make po` mends them.
HARMLESS = {BYTE_ORDER_MARK, WINDOWS, NO_HEADER, NO_CHARSET}
# How a line of flags begins; the second since gettext 0.26.
FLAGS = ("#,", "#=")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(frozen=True)
class Fault:
    """Something wrong at a line of a catalog; printed as `file:line: text`."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        text = self.text.replace("\n", "\\n")
        return f"{os.path.relpath(self.path)}:{self.line}: {text}"

    def annotation(self, kind: str) -> str:
        """Return it as GitHub shows it beside the line: a workflow command.

        Escapes: "Workflow commands for GitHub Actions" in GitHub's documentation, and for `,` and
        `:` the toolkit that it names there.
        """
        place, text = os.path.relpath(self.path), self.text
        for character in "%\r\n:,":
            code = f"%{ord(character):02X}"
            place = place.replace(character, code)
            text = text.replace(character, code) if character in "%\r\n" else text
        return f"::{kind} file={place},line={self.line}::{text}"


@dataclass
class Entry:
    """One message, with the line of its msgid."""

    line: int
    comments: list[str] = field(default_factory=list)
    strings: dict[str, str] = field(default_factory=dict)

    @property
    def msgid(self) -> str:
        """The source text."""
        return self.strings.get("msgid", "")

    @property
    def msgstr(self) -> str:
        """The translation; empty where there is none."""
        return self.strings.get("msgstr", "")

    @property
    def previous(self) -> str:
        """The source text that a fuzzy translation was made for; empty where none is recorded."""
        kept = [each[2:].strip() for each in self.comments if each.startswith("#|")]
        strings = [STRING.fullmatch(each.removeprefix("msgid").strip()) for each in kept]
        return "".join(unescape(match[1]) for match in strings if match)

    @property
    def fuzzy(self) -> bool:
        """Whether the translation is marked as not certain, and so is not printed."""
        lines = [each[2:].lstrip(",") for each in self.comments if each[:2] in FLAGS]
        return "fuzzy" in (flag.strip() for line in lines for flag in line.split(","))

    @property
    def is_printed(self) -> bool:
        """Whether readers see the translation: it is there, and certain."""
        return bool(self.msgid and self.msgstr and not self.fuzzy)

    def fault(self, path: Path, text: str) -> Fault:
        """Return a fault of this message, with the words it begins with."""
        if not self.msgid:
            return Fault(path, self.line, text)
        return Fault(path, self.line, f'"{" ".join(self.msgid.split()[:6])}": {text}')


def read(path: Path) -> tuple[list[Entry], list[Fault]]:
    """Read a catalog; return its entries (without obsolete ones) and the faults of its form."""
    data = path.read_bytes()
    found: list[Fault] = []
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [], [Fault(path, line, "this line is not UTF-8; save the file as UTF-8")]
    if text.startswith("\ufeff"):
        found.append(Fault(path, 1, BYTE_ORDER_MARK))
        text = text[1:]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        found.append(Fault(path, line, WINDOWS))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return [], [Fault(path, 1, EMPTY)]
    entries = _entries(path, text, found)
    found += _structure(path, entries)
    return entries, found


def _entries(path: Path, text: str, found: list[Fault]) -> list[Entry]:
    """Split the text into entries; add a fault for each line that fits nowhere."""
    entries: list[Entry] = []
    comments: list[str] = []
    keyword = ""
    for number, line in enumerate(text.split("\n"), 1):
        if bad := UNPRINTABLE.search(line):
            text = f"{named(bad[0])}, which no page can show; delete it"
            found.append(Fault(path, number, text))
        if CONFLICT.match(line):
            found.append(
                Fault(path, number, "a merge conflict is left; keep one side, delete markers")
            )
        elif not line.strip() or line.startswith("#"):
            comments = [*comments, line] if line.startswith("#") else []
            keyword = ""
        elif match := KEYWORD.fullmatch(line):
            name = match[1]
            starts = name == "msgctxt" or (name == "msgid" and keyword != "msgctxt")
            if starts or not entries:
                entries.append(Entry(number, comments))
                comments = []
            entry = entries[-1]
            if name in entry.strings:
                found.append(Fault(path, number, f"a second {name} in one entry; delete one"))
            keyword = name
            entry.line = number if name == "msgid" else entry.line
            entry.strings[name] = _unquote(path, number, match[2], found)
        elif line.lstrip().startswith('"') and keyword:
            entries[-1].strings[keyword] += _unquote(path, number, line.lstrip(), found)
        else:
            text = 'is neither a comment nor a keyword nor a "quoted" text'
            found.append(Fault(path, number, f"this line {text}: {line[:40]!r}"))
    return entries


def _unquote(path: Path, number: int, text: str, found: list[Fault]) -> str:
    """Return what stands between the quotes, escapes resolved."""
    match = STRING.fullmatch(text)
    if match is None:
        found.append(Fault(path, number, 'the text must stand in "quotes", \\" for a quote inside'))
        return ""
    for escape in re.findall(r"\\(.)", match[1]):
        if escape not in ESCAPES:
            found.append(
                Fault(path, number, f"unknown escape \\{escape}; write \\\\ for a backslash")
            )
    return unescape(match[1])


def unescape(text: str) -> str:
    """Resolve the escapes of a quoted text."""
    return re.sub(r"\\(.)", lambda each: ESCAPES.get(each[1], each[1]), text)


def _structure(path: Path, entries: list[Entry]) -> list[Fault]:
    """Find entries that are incomplete, twice there, or of a kind that Sphinx never reads."""
    found: list[Fault] = []
    lines: dict[str, int] = {}
    for entry in entries:
        if "msgid" not in entry.strings or "msgstr" not in entry.strings:
            plural = any(name.startswith("msgstr[") for name in entry.strings)
            if plural and path.name == "sphinx.po":
                continue  # the interface counts, the book does not
            text = "plural forms, which the book never reads; write one msgstr" if plural else ""
            text = text or "needs both a msgid and a msgstr"
            found.append(entry.fault(path, text))
        if "msgctxt" in entry.strings:
            found.append(entry.fault(path, "has a msgctxt, which hides it; delete that line"))
        elif entry.msgid in lines:
            text = f"the same msgid as line {lines[entry.msgid]}; delete one of the two"
            found.append(entry.fault(path, text))
        lines.setdefault(entry.msgid, entry.line)
    header = next((entry for entry in entries if not entry.msgid), None)
    if header is None:
        found.append(Fault(path, 1, NO_HEADER))
    elif "charset=utf-8" not in header.msgstr.casefold():
        found.append(Fault(path, header.line, NO_CHARSET))
    return found
