"""The parallel edition: the chapters' own language beside that of the catalogs, text by text.

Two transforms stand around the one of Sphinx that replaces texts by their translations: the first
keeps a copy of every text, the second puts copy and translation side by side. So all that Sphinx
does for a translated text, and nothing else, decides what the second column says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.i18n import search_image_for_language
from sphinx.util.nodes import extract_messages

from ..core import editions
from .untranslated import ALONE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Between the halves of a title or a caption: also where only plain text is kept of it, such as
# in the title of a window. No author types these blanks.
BETWEEN = "\u2002/\u2002"
# Classes of what a reader sees; the style sheets name them too.
PAIR, SOURCE_HALF, OTHER_HALF, BETWEEN_HALVES = "pair", "pair-source", "pair-other", "pair-between"
CAPTION = re.compile(rf'(<span class="caption-text">)([^<]*?){BETWEEN}([^<]*)</span>')
# Attributes that make a node a place of its own; a copy must not be the same place again.
PLACE = ("ids", "names", "dupnames", "backrefs")


class KeepSource(SphinxTransform):
    """Keep a copy of every text that Sphinx is about to translate."""

    default_priority = 19  # right before Sphinx's own

    def apply(self, **_kwargs: Any) -> None:
        """Note node and copy; the small documents that messages are parsed in have no pairs."""
        if not self.config.parallel or "parallel" in self.env.temp_data:
            return
        self.env.temp_data["parallel"] = [
            (node, node.deepcopy())
            for node, _message in extract_messages(self.document)
            if isinstance(node, nodes.TextElement | nodes.image)
        ]


class PairLanguages(SphinxTransform):
    """Put each text and its translation side by side; equal texts stand once."""

    default_priority = 22  # after Sphinx's own, and after what has no translation was marked

    def apply(self, **_kwargs: Any) -> None:
        """Pair what was kept; a text without a translation stands alone."""
        if not self.config.parallel or not self.is_kept():
            return
        kept: Any = self.env.temp_data.pop("parallel")
        for node, source in kept:
            if isinstance(node, nodes.image):
                if node["alt"] != source["alt"]:
                    node["alt"] = f"{source['alt']}{BETWEEN}{node['alt']}"
            elif node.get("translated") and shown(node) != shown(source):
                self.pair(node, source)
        for tree in self.document.findall(addnodes.toctree):
            pair_caption(tree)
        for index in self.document.findall(addnodes.index):
            known = index["entries"]
            index["entries"] = known + [
                entry
                for entry in index.get("raw_entries", ())
                if entry[:3] not in [each[:3] for each in known]
            ]

    def is_kept(self) -> bool:
        """Tell a chapter from the small document that a message is parsed in."""
        kept = self.env.temp_data.get("parallel")
        return kept is not None and (not kept or kept[0][0].document is self.document)

    def pair(self, node: nodes.TextElement, source: nodes.TextElement) -> None:
        """Put a copy beside its translation: paragraphs in a row, other texts in one line."""
        self.make_second_place(source)
        if isinstance(node, nodes.paragraph):
            row = nodes.container(classes=[PAIR])
            row.source, row.line = node.source, node.line
            node.parent.replace(node, row)
            row += name_halves(source, node, self.config)
            return
        ours, theirs = (nodes.inline("", "", *text.children) for text in (source, node))
        name_halves(ours, theirs, self.config)
        node.children = []
        node += [ours, nodes.inline("", BETWEEN, classes=[BETWEEN_HALVES]), theirs]

    def make_second_place(self, source: nodes.TextElement) -> None:
        """Take from a copy what makes it a place; give its footnote marks ids of their own."""
        for each in [*source.findall(nodes.Element)]:
            for attribute in PLACE:
                each[attribute] = []
            if isinstance(each, nodes.footnote_reference):
                self.document.set_id(each)
                if each.get("auto") == 1:
                    self.document.note_autofootnote_ref(each)
                if "refname" in each:
                    self.document.note_footnote_ref(each)
            elif isinstance(each, nodes.reference) and "refname" in each:
                self.document.note_refname(each)
            elif isinstance(each, nodes.target):
                each.parent.replace(each, each.children)
            elif isinstance(each, addnodes.index):
                each.parent.remove(each)


def name_halves(
    source: nodes.Element, other: nodes.Element, config: Config
) -> tuple[nodes.Element, nodes.Element]:
    """Say of both halves of a pair which they are and in what language; return them."""
    languages = (editions.SOURCE.code, config.language)
    for half, kind, code in zip((source, other), (SOURCE_HALF, OTHER_HALF), languages, strict=True):
        half["classes"] = [*half["classes"], kind, f"language-{editions.tag_of(code)}"]
    return source, other


def shown(node: nodes.Node) -> list[tuple[str, str]]:
    """Return the texts of a node with what they stand in: what a reader would compare."""
    return [(text.parent.tagname, text.astext()) for text in node.findall(nodes.Text)]


def pair_caption(tree: addnodes.toctree) -> None:
    """Give a list of chapters the caption of both languages; what they share stands once."""
    source, other = tree.get("rawcaption"), tree.get("caption")
    if source and other and source != other:
        label, dot, title = other.rpartition(" · ")
        tree["caption"] = f"{source}{BETWEEN}{title if source.startswith(label + dot) else other}"


class KeepOneHalf(SphinxPostTransform):
    """Let a reference that took over a title show the half of the column it stands in."""

    default_priority = 20  # right after references are resolved

    def run(self, **_kwargs: Any) -> None:
        """Cut the titles that references show."""
        if not self.config.parallel:
            return
        for text in [*self.document.findall(nodes.Text)]:
            side = half_around(text)
            if side and BETWEEN in text and not is_between(text):
                parts = text.astext().split(BETWEEN)
                text.parent.replace(text, nodes.Text(parts[0 if side == SOURCE_HALF else -1]))


def is_between(text: nodes.Node) -> bool:
    """Tell whether a text is what stands between two halves."""
    return isinstance(text.parent, nodes.inline) and BETWEEN_HALVES in text.parent["classes"]


def half_around(node: nodes.Node) -> str:
    """Return the class of the half that a node stands in; empty for one that stands in none.

    A text without a translation is one in the chapters' own language.
    """
    above: nodes.Node | None = node
    while above is not None:
        if isinstance(above, nodes.Element):
            for side in (SOURCE_HALF, OTHER_HALF):
                if side in above.get("classes", ()):
                    return side
            if ALONE in above.get("classes", ()):
                return SOURCE_HALF
        above = above.parent
    return ""


def show_both_pictures(app: Sphinx, document: nodes.document) -> None:
    """Show a picture that has words in each language; one without a translation stands once."""
    if not app.config.parallel:
        return
    environment = app.env
    name = environment.current_document.docname
    for node in [*document.findall(nodes.image)]:
        uri = node.get("original_uri", "")
        if not uri or search_image_for_language(uri, environment) == uri:
            continue
        source = node.deepcopy()
        source["ids"] = []
        source["uri"], _path = environment.relfn2path(uri, name)
        source["candidates"] = {"*": source["uri"]}
        environment.note_dependency(source["uri"])
        environment.images.add_file(name, source["uri"])
        words = node.get("alt", "").split(BETWEEN)
        source["alt"], node["alt"] = words[0], words[-1]
        name_halves(source, node, app.config)
        node.parent.insert(node.parent.index(node), source)


def offer_choice(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document
) -> None:
    """Tell the page template which halves a reader may choose."""
    if not app.config.parallel:
        return
    other = editions.by_code(app.config.language)
    tag = editions.tag_of(app.config.language)
    context["halves"] = [
        ("source", editions.SOURCE.name, editions.SOURCE.tag),
        ("other", other.name if other else tag, tag),
        ("both", _("both"), ""),
    ]


def give_captions_languages(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document
) -> None:
    """Say which half of a part's caption is in which language: Sphinx has it as one text."""
    if not app.config.parallel:
        return
    other = editions.tag_of(app.config.language)
    halves = (
        rf'\1<span class="{SOURCE_HALF}" lang="{editions.SOURCE.tag}">\2</span>'
        rf'<span class="{BETWEEN_HALVES}">{BETWEEN}</span>'
        rf'<span class="{OTHER_HALF}" lang="{other}">\3</span></span>'
    )
    for name in ("body", "furo_navigation_tree"):
        if name in context:
            context[name] = CAPTION.sub(halves, context[name])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(KeepSource)
    app.add_transform(PairLanguages)
    app.add_post_transform(KeepOneHalf)
    app.connect("doctree-read", show_both_pictures, priority=600)  # Sphinx has chosen by then
    app.connect("html-page-context", offer_choice)
    app.connect("html-page-context", give_captions_languages, priority=900)  # after the theme's
