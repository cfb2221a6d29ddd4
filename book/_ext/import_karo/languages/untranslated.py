"""Marks what is not translated yet, in every format: it is shown in the chapters' own language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from ..core import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ALONE = "untranslated"


class MarkUntranslated(SphinxTransform):
    """Say of each text without a translation in which language it is."""

    default_priority = 21  # right after Sphinx's own, before pairs are made

    def apply(self, **_kwargs: Any) -> None:
        """Mark texts that Sphinx offers to translators and found no translation for."""
        if self.config.language == editions.SOURCE.code:
            return
        for node, _message in list(extract_messages(self.document)):
            is_open = isinstance(node, nodes.TextElement) and not node.get("translated")
            if is_open and has_words(node):
                mark(node, self.config.language)


def has_words(node: nodes.Node) -> bool:
    """Tell whether there is something to translate: code alone says the same in any language."""
    return any(not isinstance(text.parent, nodes.literal) for text in node.findall(nodes.Text))


def tag_of_notes(language: str) -> str:
    """Return the language that our notes are in: English, until the interface is translated."""
    words = "not translated yet"
    return editions.tag_of(language if _(words) != words else "en")


def mark(node: nodes.TextElement, language: str) -> None:
    """Give a text its language; a paragraph says why it is in that one."""
    node["classes"] = [*node["classes"], ALONE, f"language-{editions.SOURCE.tag}"]
    if isinstance(node, nodes.paragraph):
        words = f" ({_('not translated yet')})"
        tag = f"language-{tag_of_notes(language)}"
        node += nodes.inline("", words, classes=["untranslated-note", tag])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(MarkUntranslated)
