"""What a table is made of: cells in their places, and what the widths of columns depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from .markup import array, code, escaped

WORDS = 3  # the longest words of a column that are measured


class Cell(NamedTuple):
    """A cell and the column it starts in."""

    node: nodes.Element
    column: int
    width: int  # columns
    height: int  # rows
    is_name: bool  # of a column or a row

    @property
    def settings(self) -> str:
        """What the template is told of a cell."""
        return f"({self.width}, {self.height}), {str(self.is_name).lower()}"


class Part(NamedTuple):
    """The header or the body of a table."""

    node: nodes.Element
    is_head: bool
    cells: list[Cell]


class Table:
    """What a table is made of: its header and body, and the columns alone."""

    def __init__(self, node: nodes.Element) -> None:
        group = next(iter(node.findall(nodes.tgroup)))
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        stubs = sum(bool(spec.get("stub")) for spec in specs)
        given = "colwidths-given" in node["classes"]
        shares = array(str(spec["colwidth"]) for spec in specs) if given else "none"
        self.settings = f"shares: {shares}, repeat: {str(not has_links(group)).lower()}, "
        self.parts = [
            Part(part, isinstance(part, nodes.thead), list(place(part, len(specs), stubs)))
            for part in group.children
            if isinstance(part, nodes.thead | nodes.tbody)
        ]
        cells = [cell for part in self.parts for cell in part.cells if cell.width == 1]
        # The cells of each column that stand in no other.
        self.columns = [
            [cell.node for cell in cells if cell.column == column] for column in range(len(specs))
        ]


def has_links(group: nodes.Element) -> bool:
    """Tell whether the header leads anywhere: PDF/UA has no links in what a page repeats."""
    links = nodes.reference | nodes.footnote_reference
    heads = [each for each in group.children if isinstance(each, nodes.thead)]
    return any(isinstance(each, links) for head in heads for each in head.findall())


def place(part: nodes.Element, columns: int, stubs: int) -> Iterator[Cell]:
    """Return the cells of a head or body with their columns, around those that span rows."""
    is_head = isinstance(part, nodes.thead)
    taken = [0] * columns  # for how many rows more a cell from above stands in a column
    for row in part.children:
        free, taken = taken, [max(0, rows - 1) for rows in taken]
        column = 0
        for entry in row.children:
            while free[column]:
                column += 1
            width, height = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            taken[column : column + width] = [height - 1] * width
            yield Cell(entry, column, width, height, is_head or column < stubs)
            column += width


def longest_cell(entries: list[nodes.Element]) -> nodes.Element | None:
    """Return the cell of a column with the most letters: how wide the column would like to be."""
    return max(entries, key=lambda entry: len(entry.astext()), default=None)


def longest_words(entries: list[nodes.Element]) -> str:
    """Return the longest words of a column, one a line: how wide the column must be."""
    words: list[str] = []
    for entry in entries:
        for text in entry.findall(nodes.Text):
            is_code = isinstance(text.parent, nodes.literal)
            for word in text.astext().split():
                words.append(code(word) if is_code else escaped(word))
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:WORDS]
    return " \\\n".join(longest)
