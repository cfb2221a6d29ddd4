"""What a chapter may contain beside plain MyST; a file for each directive or family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import doors, drawings, errata, error_finder, listings, questions
from .drawings import TREE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["TREE"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Set up what is in this room; a new directive's file is named here."""
    for part in (doors, drawings, errata, error_finder, listings, questions):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
