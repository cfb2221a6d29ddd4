"""The one list of languages and editions, and the project's paths and dates."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

ROOT = Path(__file__).resolve().parents[4]
BUILD = ROOT / "build"
CACHE = BUILD / "cache"
LIST = ROOT / "locale" / "editions.toml"
PROJECT = "Import Karo"
AUTHOR = "The Import Karo authors"


@dataclass(frozen=True)
class Edition:
    """An entry of `locale/editions.toml`, which says what each field is."""

    code: str
    folder: str
    name: str
    title: str
    invitation: str
    description: str
    released: bool
    parallel: bool = False

    @property
    def tag(self) -> str:
        """The language as HTML and EPUB want it (BCP 47)."""
        return tag_of(self.code)


def contents(path: Path) -> str:
    """Return the text of a file that every build needs; end the run where it cannot be read."""
    name = os.path.relpath(path, ROOT)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"{name}: {error.strerror}; take it back: git checkout {name}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SystemExit(f"{name}:{line}: not UTF-8; save the file as UTF-8") from None


def chapters_in_order(root: Path = ROOT) -> list[str]:
    """Return the documents of the book in the order of its tables of contents."""
    tables = re.findall(r"```\{toctree\}(.*?)```", contents(root / "book/index.md"), re.DOTALL)
    return [line for table in tables for line in table.split("\n") if line and line[0] != ":"]


def read(path: Path) -> tuple[Edition, ...]:
    """Read the list of editions; a slip in it ends the run with its place and what to write."""
    try:
        entries = tomllib.loads(contents(path)).get("edition", [])
    except ValueError as error:
        raise SystemExit(f"{path.relative_to(ROOT)}: {error}") from None
    for number, entry in enumerate(entries, 1):
        if said := slip(entry):
            raise SystemExit(f"{path.relative_to(ROOT)}: entry {number}: {said}")
    return tuple(Edition(**entry) for entry in entries)


def slip(entry: dict[str, object]) -> str:
    """Say what is wrong with an entry of the list; nothing, if nothing is."""
    kinds = {each.name: {"str": str, "bool": bool}[str(each.type)] for each in fields(Edition)}
    optional = {each.name for each in fields(Edition) if each.default is not MISSING}
    if lost := [name for name in kinds if name not in {*entry, *optional}]:
        return f"write {lost[0]} = ..."
    for name, value in entry.items():
        if name not in kinds:
            return f"{name} is not one of {', '.join(kinds)}"
        if type(value) is not kinds[name] or value == "":
            wanted = "true or false" if kinds[name] is bool else 'words in "quotes"'
            return f"{name} must be {wanted}"
    if not re.fullmatch("[a-z][a-z0-9-]*", str(entry["folder"])):
        return "folder must be small letters, digits and hyphens"
    return ""


EDITIONS = read(LIST)
SOURCE = EDITIONS[0]  # the language the chapters are written in
TRANSLATIONS = tuple(each for each in EDITIONS if each is not SOURCE and not each.parallel)


def tag_of(code: str) -> str:
    """Return a language as HTML and EPUB want it (BCP 47), by the code of its catalogs."""
    return code.replace("_", "-")


def by_code(code: str, *, parallel: bool = False) -> Edition | None:
    """Return the edition of a language; None for a language that is only being started."""
    found = (each for each in EDITIONS if (each.code, each.parallel) == (code, parallel))
    return next(found, None)


def of(config: Config) -> Edition | None:
    """Return the edition that a configuration builds; None for one that is not in the list."""
    return by_code(config.language, parallel=config.parallel)


# What a zip can say of a file: its years are 1980 to 2107.
EARLIEST, LATEST = 315_532_800, 4_354_819_198


def source_date() -> int:
    """Return the second that every date in a built file comes from: the day of release."""
    if found := os.environ.get("SOURCE_DATE_EPOCH"):
        if not found.isascii() or not found.isdigit():
            raise SystemExit(f"SOURCE_DATE_EPOCH={found}: write whole seconds since 1970")
        return min(max(int(found), EARLIEST), LATEST)
    text = contents(ROOT / "CITATION.cff")
    day = re.search(r'^date-released: "(.+)"$', text, re.MULTILINE)
    if not day:
        raise SystemExit('CITATION.cff: write date-released: "YYYY-MM-DD"')
    return int(datetime.fromisoformat(f"{day.group(1)}T00:00:00+00:00").timestamp())


def set_titles(_app: Sphinx, config: Config) -> None:
    """Give the edition its title, unless the command line gave another."""
    edition = of(config)
    title = f"{PROJECT} ({edition.name})" if edition else PROJECT
    for name, value in (("html_title", title), ("html_short_title", PROJECT)):
        if name not in config.overrides:
            config[name] = value
