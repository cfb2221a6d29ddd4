"""The PDF: two Sphinx builders that write Typst and have the `typst` package set it.

Numbers of chapters, listings, figures and tables are Sphinx's; Typst numbers pages alone. How
things look is the template's affair: `book/_print/book.typ`, and `cover.typ` for the covers. What a
thing is: translator.py, a method for each kind of node. Trim size, paper and ISBN are `print_trim`,
`print_page_thickness` (half a sheet) and `print_isbn` in conf.py. The sources that Typst saw are in
`build/cache/pdf/EDITION/`.

Measured once against XeLaTeX (TeX Live 2022, latexmk, two runs), English book, CPU seconds: 2.9 and
12.5; `make bench` compares with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .builder import PdfBuilder, PressBuilder
from .typeset import cover

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["cover"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_builder(PdfBuilder)
    app.add_builder(PressBuilder)
    # The size of a page after cutting: width and height, in units of Typst.
    app.add_config_value("print_trim", ("7in", "10in"), "", types=tuple)
    # What one page adds to the spine; half of a sheet's thickness.
    app.add_config_value("print_page_thickness", "0.06mm", "", types=str)
    app.add_config_value("print_isbn", "", "", types=str)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
