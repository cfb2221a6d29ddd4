"""Languages: the catalogs, both languages side by side, and what is not translated yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import catalogs, parallel_text, untranslated
from .parallel_text import BETWEEN, OTHER_HALF, PAIR, SOURCE_HALF, name_halves
from .untranslated import ALONE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["ALONE", "BETWEEN", "OTHER_HALF", "PAIR", "SOURCE_HALF", "name_halves"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Set up what is in this room."""
    for part in (catalogs, parallel_text, untranslated):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
