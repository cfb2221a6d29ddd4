"""The recordings under code/: their names, their two forms, and which Python reads which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".console", ".pycon")
NAME = re.compile(
    r"(?P<stem>.+?)(?:\.upto-(?P<bound>\d+\.\d+(?:\.\d+)?))?(?P<form>\.console|\.pycon)"
)

# A frame of a module that is built into Python: its line number moves with each patch release.
FROZEN = re.compile(r"(<frozen [\w.]+>(?:\", line |:))(\d+)")

# What no page, EPUB or PDF can hold (XML 1.0, 2.2 Characters), and what moves a terminal's cursor.
UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")

Version = tuple[int, ...]


class RecordingError(Exception):
    """A recording that breaks a rule; its text starts with `file:line: `."""

    def __init__(self, path: Path, line: int, text: str) -> None:
        super().__init__(f"{display(path)}:{line}: {text}")
        self.path, self.line = path, line


def display(path: Path) -> str:
    """Return a path as people type it: relative to the current folder where it is below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


@dataclass(frozen=True)
class Step:
    """One command or input line with its line number (from 1) and its recorded output."""

    line: int
    text: str
    output: str


@dataclass(frozen=True)
class Name:
    """The parts of a recording's file name: `run.upto-3.12.console`."""

    stem: str
    bound: Version | None
    form: str

    @classmethod
    def of(cls, path: Path) -> Name:
        """Split a file name; any other file is a ValueError."""
        match = NAME.fullmatch(path.name)
        if match is None:
            raise ValueError(path.name)
        bound = match["bound"]
        return cls(match["stem"], version(bound) if bound else None, match["form"])

    def covers(self, python: Version) -> bool:
        """Tell whether the bound includes a Python; `3.12` includes every 3.12.x."""
        return self.bound is not None and python[: len(self.bound)] <= self.bound


def version(text: str) -> Version:
    """Turn `3.12` or `3.12.1` into numbers."""
    return tuple(int(part) for part in text.split("."))


def plain(path: Path) -> Path:
    """Return the recording without a bound that belongs to a path."""
    name = Name.of(path)
    return path.with_name(name.stem + name.form)


def variants(path: Path) -> list[Path]:
    """Return the recordings with a bound that stand beside a plain one, lowest bound first."""
    name = Name.of(plain(path))
    found = [
        other
        for other in path.parent.iterdir()
        if NAME.fullmatch(other.name)
        and (own := Name.of(other)).bound
        and (own.stem, own.form) == (name.stem, name.form)
    ]
    return sorted(found, key=lambda other: Name.of(other).bound or ())


def chosen(path: Path, python: Version) -> Path:
    """Return the recording that a Python is held against: the lowest bound that covers it."""
    for other in variants(path):
        if Name.of(other).covers(python):
            return other
    return plain(path)


def under(folder: Path) -> list[Path]:
    """Return every recording below a folder, sorted."""
    found = (path for suffix in SUFFIXES for path in folder.rglob(f"*{suffix}"))
    return sorted(path for path in found if path.is_file())


def read(path: Path) -> str:
    """Return a recording's exact text; anything but UTF-8 with LF is a RecordingError."""
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        raise RecordingError(path, 1, "begins with a BOM; save it as UTF-8 without one")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordingError(path, line, "is not UTF-8; save it as UTF-8") from None
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        raise RecordingError(path, line, "has a carriage return; save it with LF line ends")
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise RecordingError(path, line, f"holds {named(found[0])}, which no page can show")
    return text


def named(character: str) -> str:
    """Return a character that cannot be shown, as its number."""
    return f"the character U+{ord(character):04X}"


def lines(text: str) -> list[str]:
    """Split a text where a line ends, and nowhere else: Python's `splitlines` also cuts at others.

    Each line keeps its end.
    """
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def with_frozen_lines(text: str, recorded: str) -> str:
    """Return a text with the line numbers of its frozen frames as they are recorded.

    They are shown as one Python printed them, and compared on none.
    """
    numbers = iter([match[2] for match in FROZEN.finditer(recorded)])
    return FROZEN.sub(lambda match: match[1] + next(numbers, match[2]), text)


def steps(path: Path, text: str) -> list[Step]:
    """Split a recording into its commands (`$ `) or input lines (`>>> `, `... `)."""
    prompts: tuple[str, ...] = ("$ ",)
    if Name.of(path).form == ".pycon":
        prompts = (">>> ", "... ", ">>>\n", "...\n")
    found: list[Step] = []
    for number, line in enumerate(lines(text), 1):
        if (line if line.endswith("\n") else line + "\n").startswith(prompts):
            found.append(Step(number, line.rstrip("\n"), ""))
        elif found:
            last = found[-1]
            found[-1] = Step(last.line, last.text, last.output + line)
        else:
            raise RecordingError(path, number, f"must start with {prompts[0]!r}")
    if not found:
        raise RecordingError(path, 1, f"is empty; write a line that starts with {prompts[0]!r}")
    return found


def check_neighbours(path: Path, supported: list[Version]) -> None:
    """Refuse what would make it unclear which recording is meant."""
    name = Name.of(path)
    for other in path.parent.iterdir():
        match = NAME.fullmatch(other.name)
        if match is None or other == path:
            continue
        same_stem = match["stem"].casefold() == name.stem.casefold()
        if same_stem and (match["stem"], match["form"]) != (name.stem, name.form):
            text = f"and {other.name} are two transcripts of one name; rename one"
            raise RecordingError(path, 1, text)
    if name.bound is None:
        return
    if not plain(path).exists():
        raise RecordingError(path, 1, f"has no {plain(path).name} beside it; run `make accept`")
    if name.bound < supported[0]:
        text = f"is read by no supported Python ({supported[0][0]}.{supported[0][1]} is the oldest)"
        raise RecordingError(path, 1, f"{text}; delete it")
    ours = [step.text for step in steps(path, read(path))]
    theirs = [step.text for step in steps(plain(path), read(plain(path)))]
    if ours != theirs:
        pairs = enumerate(zip([*ours, ""], [*theirs, ""], strict=False), 1)
        number = next((number for number, (a, b) in pairs if a != b), 1)
        text = f"command {number} differs from that of {plain(path).name}; run `make accept`"
        raise RecordingError(path, 1, text)
