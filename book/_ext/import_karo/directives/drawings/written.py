"""What both directives share: a figure whose body is lines to draw, and below them its caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


@dataclass(frozen=True)
class Line:
    """A line of a directive's body that is not blank, and where it stands."""

    text: str
    number: int


class Drawing(SphinxDirective):
    """A figure of our own: its last paragraph is its caption, what is above it is drawn."""

    has_content = True
    option_spec: ClassVar = {"name": directives.unchanged}

    def lines(self) -> tuple[list[Line], list[Line]]:
        """Return the lines to draw and those of the caption.

        Raises what docutils shows as an error where there is no caption.
        """
        blocks: list[list[Line]] = [[]]
        for offset, text in enumerate(self.content):
            if text.strip():
                blocks[-1].append(Line(text.strip(), self.line_of(offset)))
            elif blocks[-1]:
                blocks.append([])
        blocks = [block for block in blocks if block]
        if not blocks:
            raise self.error(f"{self.name}: write a caption, as the last paragraph")
        return [line for block in blocks[:-1] for line in block], blocks[-1]

    def line_of(self, offset: int) -> int:
        """Return the line of the chapter that a line of the body is; MyST counts from the fence."""
        return int(self.lineno + self.content_offset) + offset + 1

    def refused(self, line: Line, text: str) -> nodes.Node:
        """Report what is wrong with a line, where it stands."""
        return self.state.document.reporter.error(
            f"{self.name}: {text}", line=line.number, source=self.source_file()
        )

    def source_file(self) -> str:
        """Return the chapter's file."""
        return str(self.env.doc2path(self.env.docname))

    def words(self, kind: type[nodes.TextElement], text: str, number: int) -> nodes.TextElement:
        """Return a text of the figure as a node that translators get; code alone they do not."""
        inside, _messages = self.parse_inline(text, lineno=number)
        node = kind(text, "", *inside)
        if any(not isinstance(each, nodes.literal) for each in inside):
            node.source, node.line = self.source_file(), number
        return node

    def figure(self, drawn: nodes.Node, caption: list[Line]) -> nodes.figure:
        """Return the figure around what is drawn."""
        text = " ".join(line.text for line in caption)
        found = nodes.figure("", drawn, self.words(nodes.caption, text, caption[0].number))
        self.set_source_info(found)
        self.add_name(found)
        return found
