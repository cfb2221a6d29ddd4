"""Figures written as text: a directory drawn from the disk, and boxes joined by arrows.

No library serves: graphviz is a program of its own, Mermaid wants Node or a script from another
host, blockdiag rests since 2021, and svgbob reads a drawing made of letters, which a longer word
of a translation would push apart. Here the words come from the catalogs before anything is drawn.
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
