"""The index: Sphinx collects, sorts and nests the entries, the template finds their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from .markup import array, escaped, string

if TYPE_CHECKING:
    from .builder import PdfBuilder


def source(builder: PdfBuilder, heading: str) -> str:
    """Return the whole index as Typst source."""
    groups = IndexEntries(builder.env).create_index(builder)
    body = "\n".join(
        f"#letter[{escaped(letter)}]\n"
        + "\n".join(line for each in entries for line in lines(builder, each))
        for letter, entries in groups
    )
    return f"{heading}\n\n#index-columns[\n{body}\n]\n"


def lines(builder: PdfBuilder, entry: tuple[str, Any]) -> list[str]:
    """Return an entry and those below it, one a line."""
    name, (targets, below, _key) = entry
    return [line(builder, 0, name, targets), *(line(builder, 1, *each) for each in below)]


def line(builder: PdfBuilder, depth: int, name: str, targets: list[tuple[str, str]]) -> str:
    """Return one line of the index: its words and the places they lead to."""
    places = [(main, builder.label_of(uri)) for main, uri in targets]
    found = [f"({str(main == 'main').lower()}, {string(label)})" for main, label in places if label]
    words = escaped(name) if found else see(name)
    return f"#entry({depth}, [{words}], {array(found)})"


def see(name: str) -> str:
    """Return a reference to another entry, with the words "see" or "see also" in italics."""
    for form in (_("see %s"), _("see also %s")):
        before, after = form.split("%s")
        if name.startswith(before) and name.endswith(after):
            middle = name[len(before) : len(name) - len(after)]
            words = [f"#emph[{escaped(each)}]" if each else "" for each in (before, after)]
            return words[0] + escaped(middle) + words[1]
    return escaped(name)
