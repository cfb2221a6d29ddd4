"""The EPUB: Sphinx's builder, changed where the book needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Set up what is in this room."""
    builder.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
