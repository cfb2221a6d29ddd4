"""The `{errata}` directive: what CHANGELOG.md lists under "Errata" for the edition being built.

The entries are English, as CHANGELOG.md is; the directive's content stands where there are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..core import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CHANGELOG = editions.ROOT / "CHANGELOG.md"


def entries(text: str, version: str) -> list[str]:
    """Return the errata of a version: the items under "### Errata" in its part of a changelog."""
    part = re.search(rf"(?ms)^## {re.escape(version)} .*?(?=^## |\Z)", text)
    found = re.search(r"(?ms)^### Errata\n(.*?)(?=^#|\Z)", part[0]) if part else None
    items = re.split(r"(?m)^- ", found[1])[1:] if found else []
    return [" ".join(item.split()) for item in items]


class Errata(SphinxDirective):
    """A list of the errors that were found after publication."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list, or the content where there is nothing to list."""
        self.env.note_dependency(str(CHANGELOG))
        found = entries(editions.contents(CHANGELOG), self.config.version)
        if not found:
            return self.parse_content_to_nodes()
        items = nodes.bullet_list()
        for text in found:
            # Not for a catalog: the source is English and stands in CHANGELOG.md.
            shown = nodes.paragraph("", text, translatable=False, translated=True)
            items += nodes.list_item("", shown)
        return [items]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("errata", Errata)
