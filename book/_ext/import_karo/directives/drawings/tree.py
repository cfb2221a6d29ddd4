"""`{tree}`: a directory of `code/` as a nested list, with notes beside its entries.

A list, so that a screen reader says how deep an entry lies and every format can show it. The
lines that join the entries are the style sheet's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from ...core.packing import TRANSCRIPTS
from .written import Drawing, Line

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

CLASS = "tree"
KEPT = "trees"  # what of a chapter's trees is kept in the environment, to see changes


def entries(folder: Path) -> list[Path]:
    """Return what a reader has in a folder, in the order of our `tree` command: by name.

    Recordings are left out, as in the zip that readers get; so are hidden files and caches.
    """
    return sorted(
        (
            path
            for path in folder.iterdir()
            if not path.name.startswith(".")
            and path.name != "__pycache__"
            and path.suffix not in TRANSCRIPTS
        ),
        key=lambda path: path.name,
    )


def names(folder: Path) -> list[str]:
    """Return every entry below a folder, relative to it; folders with a slash at the end."""
    found = []
    for path in entries(folder):
        found.append(path.name + "/" * path.is_dir())
        if path.is_dir():
            found += [f"{path.name}/{name}" for name in names(path)]
    return found


class Tree(Drawing):
    """Draws a directory; a line `path: note` says something about one of its entries.

    The directory itself is the entry `./`.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the figure, or an error with the line that is wrong."""
        relative, full = self.env.relfn2path(self.arguments[0])
        folder = Path(full)
        if not folder.is_dir():
            here = Line("", self.lineno)
            return [self.refused(here, f"there is no directory {self.arguments[0]}")]
        found = names(folder)
        self.env.metadata[self.env.docname].setdefault(KEPT, {})[relative] = found
        for name in found:
            if not name.endswith("/"):
                self.env.note_dependency(str(Path(relative, name)))
        written, caption = self.lines()
        notes: dict[str, Line] = {}
        for line in written:
            name, colon, note = line.text.partition(": ")
            if not colon or not note.strip():
                return [self.refused(line, f"write `entry: note`, not {line.text!r}")]
            if name not in ["./", *found]:
                return [self.refused(line, f"{self.arguments[0]} has no {name}; it has "
                                           + ", ".join(["./", *found]))]  # fmt: skip
            if name in notes:
                return [self.refused(line, f"a second note on {name}")]
            notes[name] = Line(note.strip(), line.number)
        top = nodes.bullet_list("", self.entry(folder, "./", notes), classes=[CLASS])
        return [self.figure(top, caption)]

    def entry(self, path: Path, name: str, notes: dict[str, Line]) -> nodes.list_item:
        """Return an entry with its note, and if it is a directory, with what is in it."""
        shown = path.name + "/" * path.is_dir()
        item = nodes.list_item("", nodes.paragraph("", "", nodes.literal(shown, shown)))
        if name in notes:
            item += self.words(nodes.paragraph, notes[name].text, notes[name].number)
        if path.is_dir() and (inside := entries(path)):
            above = name.removeprefix("./")
            item += nodes.bullet_list(
                "",
                *(self.entry(each, above + each.name + "/" * each.is_dir(), notes)
                  for each in inside),
                classes=[CLASS],
            )  # fmt: skip
        return item


def changed(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return the chapters with a tree that got or lost an entry: Sphinx watches files alone."""
    return [
        name
        for name, kept in env.metadata.items()
        if any(now(Path(app.srcdir, folder)) != was for folder, was in kept.get(KEPT, {}).items())
    ]


def now(folder: Path) -> list[str]:
    """Return the entries of a directory that may be gone by now."""
    return names(folder) if folder.is_dir() else []
