"""The language switch: on every page, a plain link to the same page of the other edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.osutil import relative_uri

from ..core import editions

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_links(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _tree: nodes.document
) -> None:
    """Tell the page template where the other editions have this page.

    Only a folder that is named like its edition lies beside the others; a page built alone gets
    no link that leads nowhere.
    """
    here = editions.of(app.config)
    if here is None or Path(app.outdir).name != here.folder:
        context["switch"] = []
        return
    uri = app.builder.get_target_uri(pagename)
    up = relative_uri(f"{here.folder}/{uri}", "")
    context["switch"] = [
        {"edition": edition, "current": edition is here, "link": f"{up}{edition.folder}/{uri}"}
        for edition in editions.EDITIONS
    ]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", add_links)
