"""Where things are in the printed book, and what they are called: labels, numbers, pictures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.domains.std import StandardDomain
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
INDEX = "genindex"
# The pictures that Typst can show, by the ends of their names; of two that a name with `*` finds
# the one whose kind stands first is taken.
PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}


class Places:
    """The places of a book: one label for each, and which of them something leads to.

    An address is `%DOCUMENT` or `%DOCUMENT#ID`; a label is `DOCUMENT:ID`.
    """

    def __init__(
        self, env: BuildEnvironment, images: dict[str, str], sources: Path, target: Path
    ) -> None:
        """Take the builder's names of pictures, where they lie, and where the book is written."""
        self.env, self.images, self.sources, self.target = env, images, sources, target
        # The first id of a node by any of them, for each document.
        self.canonical: dict[str, dict[str, str]] = {INDEX: {"": ""}}
        self.wanted: set[str] = set()  # labels that something leads to

    def note(self, document: str, tree: nodes.document) -> None:
        """Note the places of a document."""
        ids = [node["ids"] for node in tree.findall(nodes.Element) if node.get("ids")]
        self.canonical[document] = {each: group[0] for group in ids for each in group}

    def label(self, document: str, name: str) -> str:
        """Return the one label of a place that may have several ids."""
        return f"{document}:{self.canonical.get(document, {}).get(name, name)}"

    def address(self, document: str, name: str = "") -> str:
        """Return the address of a document, or of a place in it."""
        return f"%{document}#{name}" if name else f"%{document}"

    def is_place(self, address: str) -> bool:
        """Tell an address in the book from one outside it."""
        return address.startswith("%")

    def label_of(self, address: str) -> str | None:
        """Return the label an address leads to, and note that it must exist; None for nowhere."""
        document, _hash, name = address.removeprefix("%").partition("#")
        known = self.canonical.get(document)
        if known is None or (name and name not in known):
            return None
        found = self.label(document, name) if name else f"{document}:{next(iter(known.values()))}"
        self.wanted.add(found)
        return found

    def section_number(self, document: str, section: nodes.Element) -> tuple[int, ...]:
        """Return the number of a section as Sphinx gives it; empty without one."""
        numbers = self.env.toc_secnumbers.get(document, {})
        anchors = [f"#{each}" for each in section["ids"]]
        if isinstance(section.parent, nodes.document):
            anchors.append("")  # the first of a document, for Sphinx the document itself
        return next((numbers[each] for each in anchors if each in numbers), ())

    def figure_number(self, document: str, node: nodes.Element) -> str | None:
        """Return "Listing 2.1" or the like as Sphinx numbers it; None for what has no number."""
        domain = self.env.domains.standard_domain
        assert isinstance(domain, StandardDomain)
        kind = domain.get_enumerable_node_type(node)
        numbers = self.env.toc_fignumbers.get(document, {}).get(kind or "", {})
        number = next((numbers[each] for each in node["ids"] if each in numbers), None)
        form: str = self.env.config.numfig_format.get(kind, "%s")
        return form % ".".join(map(str, number)) if number else None

    def picture(self, node: nodes.Element) -> str:
        """Return the name of a picture beside the pages; empty, with a warning, for none."""
        uri = node["uri"]
        if uri not in self.images:
            logger.warning("this picture cannot be printed: %s", uri, location=placed(node))
            return ""
        if Path(uri).suffix.lower() not in PICTURES:
            formats = ", ".join(each.removeprefix(".") for each in PICTURES)
            logger.warning(
                "not a picture that prints (%s): %s", formats, uri, location=placed(node)
            )
            return ""
        target = self.target / "images" / self.images[uri]
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(self.sources / uri, target)
        return f"/images/{self.images[uri]}"


def placed(node: nodes.Node) -> nodes.Node:
    """Return the nearest node around one that knows its line."""
    while node.parent is not None and not (node.source and node.line):
        node = node.parent
    return node
