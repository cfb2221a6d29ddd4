"""Figures written as text: a directory drawn from the disk, and boxes joined by arrows.

No library serves: graphviz is a program of its own, Mermaid wants Node or a script from another
host, blockdiag rests since 2021, and svgbob reads a drawing made of letters, which a longer word
of a translation would push apart. Here the words come from the catalogs before anything is drawn.

A directory: `./` is the folder itself, a path may have a note, the caption comes last.

    ```{tree} ../code/CHAPTER/EXAMPLE/FOLDER
    :name: fig-name

    app/main.py: the file you run

    The caption.
    ```

Boxes: `:rows:` is a grid as CSS has it (grid-template-areas), rows parted by `/`. `->` is an arrow,
`..>` a dashed one, with a label, for nobody hears a dash; each runs straight.

    ```{flow}
    :name: fig-name
    :rows: main . module

    main: `main.py`
    module: the box of `tea`
    main -> module: `import tea`

    The caption.
    ```

What does not fit on a phone is an error with its line and the word that is too long. Where boxes
are not enough: an SVG in `book/figures/`, and where it has words one for each language
(`NAME.en.svg`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import flow, tree
from .tree import CLASS as TREE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["TREE"]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("tree", tree.Tree)
    app.connect("env-get-outdated", tree.changed)
    app.add_directive("flow", flow.Flow)
    app.add_node(flow.drawing)
    app.add_post_transform(flow.Draw)
