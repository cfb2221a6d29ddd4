"""Search in the pages: which spellings are one word, and an index that is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import index, words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    for part in (words, index):
        part.setup(app)
