"""What is translated, chapter by chapter, language by language: `make po-status`, and a page.

Readers see beside a page how much of it is in their language, would-be translators what to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ...core import editions
from .. import untranslated
from . import write
from .check import INTERFACE
from .compiled import LOCALE, catalogs_of, languages
from .syntax import HARMLESS, read

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGE = "translations"


@dataclass(frozen=True)
class Count:
    """How many messages of a catalog are in which state, and how many words the source has."""

    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    words: int = 0

    @property
    def total(self) -> int:
        """All messages that readers can meet."""
        return self.translated + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """Translated messages in whole percent, rounded down: 100 means complete."""
        return 100 * self.translated // self.total if self.total else 100

    def __add__(self, other: Count) -> Count:
        return Count(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def count(path: Path, texts: Collection[str] = ()) -> Count:
    """Count a catalog's messages, without its header.

    `texts` are those of the chapter, where they are known: of these the catalog may lack some, and
    hold others. A catalog that is not there, or cannot be read whole, has nothing translated.
    """
    entries = [] if is_unreadable(path) else [entry for entry in read(path)[0] if entry.msgid]
    entries = [entry for entry in entries if not texts or entry.msgid in texts]
    lacking = set(texts) - {entry.msgid for entry in entries}
    fuzzy = sum(entry.fuzzy for entry in entries)
    missing = sum(not entry.msgstr and not entry.fuzzy for entry in entries)
    words = sum(len(text.split()) for text in [*(each.msgid for each in entries), *lacking])
    missing += len(lacking) if entries or lacking else 1
    return Count(len(entries) - fuzzy - missing + len(lacking), fuzzy, missing, words)


def is_unreadable(path: Path) -> bool:
    """Tell whether a catalog is not there, or has a fault that hides translations."""
    return not path.exists() or any(fault.text not in HARMLESS for fault in read(path)[1])


def chapters(language: str, texts: dict[str, set[str]] | None = None) -> dict[str, Count]:
    """Return the counts of a language's chapters, by their names; `texts` are the chapters'."""
    folder = LOCALE / language / "LC_MESSAGES"
    paths = [path for path in catalogs_of(language) if path.name != INTERFACE]
    names = {path.relative_to(folder).with_suffix("").as_posix() for path in paths}
    book = editions.ROOT / "book"
    names |= {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.md")}
    known = texts or {}
    return {name: count(folder / f"{name}.po", known.get(name, ())) for name in sorted(names)}


def translations() -> list[str]:
    """Return the codes of the languages that the chapters are translated to."""
    return [code for code in languages() if code != editions.SOURCE.code]


def texts_of_chapters() -> dict[str, set[str]]:
    """Return the texts of each chapter that a catalog should have."""
    write.extract("make po-status: the chapters do not build; mend that first")
    pots = write.POT.rglob("*.pot")
    names = {path.relative_to(write.POT).with_suffix("").as_posix(): path for path in pots}
    return {name: set(write.msgids(path)) - {""} for name, path in names.items()}


def table(language: str, texts: dict[str, set[str]]) -> str:
    """Return the table of one language."""
    rows = chapters(language, texts)
    total = sum(rows.values(), Count())
    width = max(map(len, [*rows, language]))
    lines = [f"{language:{width}} {'done':>6} {'fuzzy':>6} {'missing':>8} {'words':>7} {'%':>4}"]
    for name, row in [*rows.items(), ("all", total)]:
        numbers = f"{row.translated:6} {row.fuzzy:6} {row.missing:8} {row.words:7}"
        lines.append(f"{name:{width}} {numbers} {row.percent:4}")
    broken = [path for path in catalogs_of(language) if is_unreadable(path)]
    lines += [f"{path.name} cannot be read: make po-check L={language}" for path in broken]
    return "\n".join(lines)


def main() -> int:
    """Print the tables of every language but the source."""
    texts = texts_of_chapters()
    print("\n\n".join(table(language, texts) for language in translations()))
    return 0


# --- as a Sphinx extension ---


def say_how_complete(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Tell the page template how much of a page is translated, if that is not all of it."""
    context["page_of_translations"] = PAGE
    catalog = LOCALE / app.config.language / "LC_MESSAGES" / f"{page}.po"
    if app.config.language == editions.SOURCE.code or page not in app.env.found_docs:
        return
    found = count(catalog)
    if tree is not None:  # a text that is new, or changed, is not in the catalog yet
        marked = sum(untranslated.ALONE in each["classes"] for each in tree.findall(nodes.Element))
        found = replace(found, missing=max(found.missing, marked - found.fuzzy))
    if found.percent < 100:
        context["completeness"] = found
        context["completeness_tag"] = untranslated.tag_of_notes(app.config.language)
        context["source"] = editions.SOURCE


def add_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the HTML a page with the tables of every language, in the order of the book."""
    if app.builder.name == "epub":  # which is not read on the day it was made
        return
    order = list(app.env.toctree_includes.get(app.config.root_doc, ()))
    tables = []
    for code in translations():
        counts = chapters(code)
        names = sorted(counts, key=lambda name: order.index(name) if name in order else -1)
        edition = editions.by_code(code)
        tables.append(
            {
                "name": edition.name if edition else code,
                "tag": editions.tag_of(code),
                "rows": [(name, title_of(app, name), counts[name]) for name in names],
                "total": sum(counts.values(), Count()),
            }
        )
    yield PAGE, {"tables": tables, "source": editions.SOURCE}, "translations.html"


def title_of(app: Sphinx, name: str) -> str:
    """Return a chapter's title; its name, for a catalog whose chapter is gone."""
    title = app.env.titles.get(name)
    return title.astext() if title else name


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", say_how_complete)
    app.connect("html-collect-pages", add_page)
