"""Refuses what some format cannot hold, at the door it comes by, with its file and line.

A chapter's bytes, text and raw HTML, a picture that is no XML, a picture's name: one format shows
them somehow, another is torn by them, and nobody would see it before a reader does.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from docutils import nodes
from sphinx.util import logging

from ..core import characters, editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
# What every file system, zip, address and Typst take alike.
PICTURE_NAME = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*", re.ASCII)


def look_at_files(_app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    """End a build without an index, or with a chapter that is not UTF-8.

    Sphinx would, too, with a traceback in place of a sentence.
    """
    root = env.config.root_doc
    for name in names if root in env.found_docs else [root]:
        editions.contents(Path(env.srcdir, f"{name}.md"))


def look_at_text(_app: Sphinx, document: str, source: list[str]) -> None:
    """Report the first character of a chapter that no page can show."""
    if found := characters.first(source[0]):
        line, name = found
        logger.warning("%s, which no page can show; delete it", name, location=(document, line))


def look_at_tree(app: Sphinx, tree: nodes.document) -> None:
    """Report raw HTML that a chapter types, and pictures that no format can take."""
    for raw in tree.findall(nodes.raw):
        if not raw.astext().lstrip().startswith("<!--"):
            text = "raw HTML %s; write it in `backticks`, or with a backslash before the <"
            logger.warning(text, " ".join(raw.astext().split()), location=raw)
    for image in tree.findall(nodes.image):
        address = str(image["uri"])
        if "://" in address or address.startswith("data:"):
            continue
        if not PICTURE_NAME.fullmatch(address.removeprefix("/")):
            text = "the picture %s: its name may hold letters of English, digits and - _ . alone"
            logger.warning(text, address, location=image)
        elif address.endswith(".svg"):
            look_at_drawing(app.srcdir / address.removeprefix("/"), image)


def look_at_drawing(path: Path, image: nodes.image) -> None:
    """Report a drawing that is not well-formed XML; of one that is not there Sphinx warns."""
    if not path.is_file():
        return
    try:
        expat.ParserCreate().Parse(path.read_bytes(), True)
    except expat.ExpatError as error:
        name = os.path.relpath(path)
        logger.warning("%s:%d: is no XML: %s", name, error.lineno, error, location=image)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-before-read-docs", look_at_files)
    app.connect("source-read", look_at_text)
    app.connect("doctree-read", look_at_tree)
