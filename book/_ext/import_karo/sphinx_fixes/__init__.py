"""Cures for Sphinx, MyST and furo; they know nothing of the other rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cures, safe_rebuild

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Put the cures in place."""
    for part in (cures, safe_rebuild):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
