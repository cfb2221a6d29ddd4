"""The pages of the HTML; what of them is not the theme's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import borrowed, downloads, interface, published, search, switch
from .front_page import write as write_front_page
from .published import site_address, write_sitemap

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["site_address", "write_front_page", "write_sitemap"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Set up what is in this room."""
    for part in (borrowed, downloads, interface, published, search, switch):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
