"""A table as arguments of the template: cells in their places, and what their widths depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from .markup import array, code, escaped

if TYPE_CHECKING:
    from .translator import Pieces, TypstTranslator

WORDS = 3  # the longest words of a column that are measured


class Cell(NamedTuple):
    """A cell and the column it starts in."""

    node: nodes.Element
    column: int
    width: int  # columns
    height: int  # rows


def arguments(translator: TypstTranslator, node: nodes.Element) -> Pieces:
    """Return a table's columns, header and cells as arguments.

    For each column the template is given the longest words, which it must be wide enough for,
    and the longest cell, which it would like to be wide enough for.
    """
    group = next(iter(node.findall(nodes.tgroup)))
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    stubs = sum(bool(spec.get("stub")) for spec in specs)
    given = "colwidths-given" in node["classes"]
    found: Pieces = [
        f"shares: {array(str(spec['colwidth']) for spec in specs) if given else 'none'}, ",
        f"repeat: {str(not has_links(group)).lower()}, ",
    ]
    cells: list[Cell] = []
    for part in group.children:
        if not isinstance(part, nodes.thead | nodes.tbody):
            continue
        placed = list(place(part, len(specs)))
        cells += placed
        is_head = isinstance(part, nodes.thead)
        found += ["head: (" if is_head else "body: ("]
        translator.note_anchors(part)
        outer, translator.repeated = translator.repeated, translator.repeated or is_head
        for cell in placed:
            if cell.node is cell.node.parent[0]:
                translator.note_anchors(cell.node.parent)
            translator.note_anchors(cell.node)
            is_name = str(is_head or cell.column < stubs).lower()
            text = [*translator.inside(cell.node), *translator.anchors()]
            found += [f"(({cell.width}, {cell.height}), {is_name}, [", *text, "]), "]
        translator.repeated = outer
        found += ["), "]
    found += ["widths: ("]
    for column in range(len(specs)):
        alone = [cell.node for cell in cells if cell.column == column and cell.width == 1]
        found += ["([", *longest_cell(translator, alone), "], [", *longest_words(alone), "]), "]
    return [*found, ")"]


def has_links(group: nodes.Element) -> bool:
    """Tell whether the header leads anywhere: PDF/UA has no links in what a page repeats."""
    links = nodes.reference | nodes.footnote_reference
    heads = [each for each in group.children if isinstance(each, nodes.thead)]
    return any(isinstance(each, links) for head in heads for each in head.findall())


def place(part: nodes.Element, columns: int) -> Iterator[Cell]:
    """Return the cells of a head or body with their columns, around those that span rows."""
    taken = [0] * columns  # for how many rows more a cell from above stands in a column
    for row in part.children:
        free, taken = taken, [max(0, rows - 1) for rows in taken]
        column = 0
        for entry in row.children:
            while free[column]:
                column += 1
            width, height = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            taken[column : column + width] = [height - 1] * width
            yield Cell(entry, column, width, height)
            column += width


def longest_cell(translator: TypstTranslator, entries: list[nodes.Element]) -> Pieces:
    """Return the cell with the most letters once more, to be measured."""
    if not entries:
        return []
    return translator.copy_of(max(entries, key=lambda entry: len(entry.astext())))


def longest_words(entries: list[nodes.Element]) -> Pieces:
    """Return the longest words of a column, one a line."""
    words: list[str] = []
    for entry in entries:
        for text in entry.findall(nodes.Text):
            is_code = isinstance(text.parent, nodes.literal)
            for word in text.astext().split():
                words.append(code(word) if is_code else escaped(word))
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:WORDS]
    return [" \\\n".join(longest)]
