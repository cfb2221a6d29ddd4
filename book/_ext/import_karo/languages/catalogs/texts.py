"""What of the chapters, and of nothing else, reaches the catalogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LetTablesBeTranslated(SphinxTransform):
    """Say where the cells of a `{table}` stand: Sphinx takes text without a place for its own.

    MyST leaves the place out, so such a cell would reach no catalog and no translator. A cell
    that is code alone stays out of the catalogs: there is nothing to translate.
    """

    default_priority = 5  # before Sphinx's own, which collect and replace messages

    def apply(self, **_: Any) -> None:
        """Give each paragraph of a cell the place of its row, or of its table."""
        for cell in self.document.findall(nodes.entry):
            for text in cell.findall(nodes.paragraph):
                if not text.source:
                    text.source, text.line = place_of(cell)
                text["translatable"] = not all(isinstance(each, nodes.literal) for each in text)


def place_of(node: nodes.Node) -> tuple[str, int]:
    """Return the file and line of the nearest node around this one that knows them."""
    above: nodes.Node | None = node
    while above is not None and not (above.source and above.line):
        above = above.parent
    assert above is not None, "a table stands in a document"
    return str(above.source), int(above.line or 1)


def leave_templates_alone(app: Sphinx) -> None:
    """Keep our templates' words out of build/gettext: sphinx.po is written by hand."""
    if app.builder.name == "gettext":
        app.config.templates_path = []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", leave_templates_alone)
    app.add_transform(LetTablesBeTranslated)
