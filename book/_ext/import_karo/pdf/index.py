"""The index: Sphinx collects, sorts and nests the entries, the template finds their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.locale import _

from .markup import array, escaped, string

if TYPE_CHECKING:
    from .places import Places

# As Sphinx's IndexEntries.create_index gives them.
Targets = list[tuple[str, str]]  # whether it is the main one, an address
Entry = tuple[str, Any]  # a name; its targets, the entries below it, a key
Groups = list[tuple[str, list[Entry]]]  # by letter


def source(groups: Groups, places: Places) -> str:
    """Return the entries of the whole index, letter by letter, as Typst source."""
    body = "\n".join(
        f"#letter[{escaped(letter)}]\n"
        + "\n".join(line for each in entries for line in lines(each, places))
        for letter, entries in groups
    )
    return f"#index-columns[\n{body}\n]\n"


def lines(entry: Entry, places: Places) -> list[str]:
    """Return an entry and those below it, one a line."""
    name, (targets, below, _key) = entry
    return [line(0, places, name, targets), *(line(1, places, *each) for each in below)]


def line(depth: int, places: Places, name: str, targets: Targets) -> str:
    """Return one line of the index: its words and the places they lead to."""
    known = [(main, places.label_of(uri)) for main, uri in targets]
    found = [f"({str(main == 'main').lower()}, {string(label)})" for main, label in known if label]
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
