"""All that concerns catalogs, a file for each question: reading, checking, counting, writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import compiled, status, texts
from .compiled import LOCALE, catalogs_of, compile_all, compile_language, languages
from .syntax import read

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["LOCALE", "catalogs_of", "compile_all", "compile_language", "languages", "read"]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    for part in (compiled, texts, status):
        part.setup(app)
