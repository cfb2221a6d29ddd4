"""`{flow}`: boxes, arrows and short labels, drawn anew in every language from what it says.

    ```{flow}
    :rows: script names / . module

    script: `main.py`
    names: naam `tea`
    module: `tea` ka dabba
    script -> names: `import tea`
    names -> module

    The caption.
    ```

`:rows:` is a grid as CSS has it (grid-template-areas), with `/` between rows; without it the boxes
stand one below the other. `->` is an arrow, `..>` a dashed one, which needs a label, for nobody
hears a dash; each runs straight. The labels are paragraphs of the chapter until they are
translated; then each format gets its picture.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from ...core import editions
from ...languages import ALONE, OTHER_HALF, PAIR, SOURCE_HALF, name_halves
from ...languages.catalogs import read
from . import layout, svg
from .layout import Arrow, Box, Grid, LayoutError, Row, Run
from .written import Drawing, Line

logger = logging.getLogger(__name__)

NAME = r"[a-z][a-z0-9_-]*"
BOX = re.compile(rf"({NAME}):\s+(.+)")
ARROW = re.compile(rf"({NAME})\s+(->|\.\.>)\s+({NAME})(?::\s+(.+))?")
NOTE = "untranslated-note"
# Print has the fonts of the book and no paper of its own; an e-reader may be dark, and shows a
# picture as it is.
HTML = svg.Look()
EPUB = svg.Look(ink="#241d14", paper="#fffaf0", sans="sans-serif", pad=10)
PRINT = svg.Look(ink="#000000", sans="Mukta", mono="Inconsolata")
POINTS = 0.72  # of the page, for a unit of the drawing: type of 10 pt
SCREEN = 1.15  # pixels for a unit, where there is room


class drawing(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Holds the labels of a flow as paragraphs; `boxes` and `arrows` say what they belong to."""


class Flow(Drawing):
    """Reads a flow; what is wrong with it is an error at its line."""

    option_spec: ClassVar = {**Drawing.option_spec, "rows": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the figure, or the first error."""
        written, caption = self.lines()
        found = drawing(boxes={}, arrows=[])
        self.set_source_info(found)
        for line in written:
            text = self.read(line, found)
            if text:
                return [self.refused(line, text)]
        if not found["boxes"]:
            return [self.refused(caption[0], "no boxes; write `name: label` above the caption")]
        try:
            found["cells"] = self.cells(found)
        except LayoutError as problem:
            return [self.refused(Line("", self.lineno), str(problem))]
        return [self.figure(found, caption)]

    def read(self, line: Line, found: drawing) -> str:
        """Add what a line says to the drawing; return what is wrong with it."""
        if arrow := ARROW.fullmatch(line.text):
            start, mark, end, label = arrow.groups()
            unknown = [name for name in (start, end) if name not in found["boxes"]]
            if unknown:
                return f"no box {unknown[0]}; write `{unknown[0]}: label` above its arrows"
            part = f"{start} {mark} {end}"
            if part in [each[0] for each in found["arrows"]]:
                return f"a second arrow {part}"
            if mark == "..>" and not label:
                return f"say why it is dashed, for who cannot see it: `{part}: label`"
            found["arrows"].append((part, start, end, mark == "..>"))
        elif box := BOX.fullmatch(line.text):
            part, label = box.groups()
            if part in found["boxes"]:
                return f"a second box {part}"
            found["boxes"][part] = line.number
        else:
            return f"write `box: label`, `one -> other` or `one -> other: label`, not {line.text!r}"
        if label:
            node = self.words(nodes.paragraph, label, line.number)
            node["part"], node["message"], node["place"] = part, label, line.number
            found += node
        return ""

    def cells(self, found: drawing) -> dict[str, tuple[int, int, int, int]]:
        """Return the cells of each box."""
        cells = layout.cells(self.options.get("rows", " / ".join(found["boxes"])))
        if cells.keys() != found["boxes"].keys():
            name = min(cells.keys() ^ found["boxes"].keys())
            raise LayoutError(
                f"the box {name} is not in :rows:" if name in found["boxes"]
                else f":rows: has {name}, which no line describes"
            )  # fmt: skip
        return cells


# --- labels ---


def label_of(node: nodes.Element) -> Row:
    """Return the words of a label; code is one word."""
    row: Row = []
    is_open = False  # does the next run go on with the last word?
    for text in node.findall(nodes.Text):
        if isinstance(text.parent, nodes.inline) and NOTE in text.parent["classes"]:
            continue
        style = _style(text, node)
        pieces = [text.astext()] if style == "code" else re.split(r"\s+", text.astext())
        for count, piece in enumerate(pieces):
            if count:
                is_open = False
            if piece and is_open:
                row[-1] = (*row[-1], Run(piece, style))
            elif piece:
                row.append((Run(piece, style),))
            is_open = is_open or bool(piece)
    return row


def _style(text: nodes.Text, label: nodes.Element) -> str:
    above = text.parent
    while above is not label and above is not None:
        if isinstance(above, nodes.literal):
            return "code"
        if isinstance(above, nodes.strong | nodes.emphasis):
            return str(above.tagname)
        above = above.parent
    return ""


def said(grid: Grid) -> str:
    """Return what a screen reader says: each arrow with its boxes, then boxes without an arrow.

    Without words of its own, so that both languages of the parallel edition have it.
    """
    sentences = []
    for arrow in grid.arrows:
        ends = (layout.text_of(box.label) for box in (arrow.start, arrow.end))
        sentence = " → ".join(ends)
        label = f" ({layout.text_of(arrow.label)})" if arrow.label else ""
        sentences.append(sentence + label)
    joined = [box for arrow in grid.arrows for box in (arrow.start, arrow.end)]
    sentences += [layout.text_of(box.label) for box in grid.boxes if box not in joined]
    return ". ".join(sentences) + "."


# --- drawing ---


class Draw(SphinxPostTransform):
    """Draws each flow from its labels, translated by now, as the format can show it."""

    default_priority = 9  # before pictures are collected

    def run(self, **_kwargs: Any) -> None:
        """Draw the flows of a chapter."""
        builder = self.env._app.builder
        if builder.name == "gettext":
            return  # it looks for the labels
        shown = (
            self.in_page if builder.format == "html" and builder.name != "epub"
            else self.as_picture if builder.format in ("html", "typst")
            else self.as_text
        )  # fmt: skip
        for node in [*self.document.findall(drawing)]:
            self.draw(node, shown)

    def draw(self, node: drawing, shown: Callable[[Grid], nodes.Element]) -> None:
        """Put what a format shows in the place of a flow; in two languages where they differ."""
        source, other = ({part: _half(each, keep) for part, each in _labels(node).items()}
                         for keep in (SOURCE_HALF, OTHER_HALF))  # fmt: skip
        pictures = []
        for labels in (source, other) if source != other else (source,):
            try:
                pictures.append(shown(self.grid(node, labels)))
            except LayoutError as problem:
                self.report(node, labels, problem)
        found: list[nodes.Node] = [*pictures]
        if len(pictures) > 1:
            name_halves(pictures[0], pictures[1], self.config)
            if not isinstance(pictures[0], nodes.image):
                found = [nodes.container("", *pictures, classes=[PAIR])]
        open_notes = [each for each in node.findall(nodes.inline) if NOTE in each["classes"]]
        if open_notes:
            found.append(nodes.paragraph("", open_notes[0].astext().strip(), classes=[ALONE, NOTE]))
        node.parent.replace(node, found)

    def grid(self, node: drawing, labels: dict[str, nodes.Element]) -> Grid:
        """Lay out a flow with the labels of one language."""
        rows = {part: label_of(label) for part, label in labels.items()}
        boxes = {name: Box(name, rows[name], *node["cells"][name]) for name in node["boxes"]}
        return Grid(
            list(boxes.values()),
            [Arrow(part, boxes[start], boxes[end], dashed, rows.get(part, []))
             for part, start, end, dashed in node["arrows"]],
        )  # fmt: skip

    def report(self, node: drawing, labels: dict[str, nodes.Element], problem: LayoutError) -> None:
        """Say what is wrong, at the line of the chapter or of the catalog."""
        label = labels.get(problem.part)
        place = f"{node.source}:{node.line}"
        language = editions.SOURCE.code
        if label is not None:
            place = f"{node.source}:{label['place']}"
            if label.get("translated") and SOURCE_HALF not in label["classes"]:
                language = self.config.language
                place = self.in_catalog(label["message"]) or place
        logger.error("flow, %s, %s: %s", language, problem.part or "rows", problem, location=place)

    def in_catalog(self, message: str) -> str:
        """Return where a message is translated."""
        name = f"{self.env.docname}.po"
        for folder in self.config.locale_dirs:
            path = Path(self.env.srcdir, folder, self.config.language, "LC_MESSAGES", name)
            if path.is_file():
                for entry in read(path)[0]:
                    if entry.msgid == message:
                        return f"{path}:{entry.line}"
        return ""

    def in_page(self, grid: Grid) -> nodes.Element:
        """Return SVG that stands in the page and takes its colour and its font."""
        style = f' style="max-width: {grid.width * SCREEN:.0f}px"'
        text = svg.drawn(grid, HTML, said(grid), style)
        return nodes.container("", nodes.raw("", text, format="html"), classes=["flow"])

    def as_picture(self, grid: Grid) -> nodes.Element:
        """Return a picture beside the pages, named after what is in it."""
        is_printed = self.env._app.builder.format == "typst"
        words = said(grid)
        text = svg.drawn(grid, PRINT if is_printed else EPUB, words)
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        path = Path(self.env.doctreedir, "images", f"flow-{name}.svg")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.env.images.add_file(self.env.docname, str(path))
        found = nodes.image(uri=str(path), candidates={"image/svg+xml": str(path)}, alt=words)
        if is_printed:
            found["width"] = f"{grid.width * POINTS:.0f}pt"
        return found

    def as_text(self, grid: Grid) -> nodes.Element:
        """Return what is said of the drawing, for formats without pictures of ours."""
        return nodes.paragraph("", said(grid))


def _labels(node: drawing) -> dict[str, list[nodes.paragraph]]:
    """Return the paragraphs of each part: one, or a pair."""
    found: dict[str, list[nodes.paragraph]] = {}
    for each in node.findall(nodes.paragraph):
        found.setdefault(each["part"], []).append(each)
    return found


def _half(pair: list[nodes.paragraph], keep: str) -> nodes.paragraph:
    """Return the half of a label in one language; a label in one language is both."""
    return next((each for each in pair if keep in each["classes"]), pair[0])
