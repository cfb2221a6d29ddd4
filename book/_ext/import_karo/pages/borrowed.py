"""What a page of the HTML borrows from another: definitions of its terms, answers to its questions.

Readers of a page see them without leaving it, and they are written and translated once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

GLOSSARY, ANSWERS = "glossary", "answers"
LENDERS = {GLOSSARY, ANSWERS}
TERM = f"{GLOSSARY}.html#term-"


class FoldAnswers(SphinxPostTransform):
    """Put the answers to a chapter's questions below them, folded.

    The place: a section that refers to the label `answers-CHAPTER-quiz`.
    """

    default_priority = 5  # before references are resolved: the copies hold some
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Copy the list of answers behind the paragraph that leads to it."""
        name = self.env.current_document.docname
        label = f"{ANSWERS}-{name}-quiz"
        if self.app.builder.name != "html" or ANSWERS not in self.env.found_docs:
            return
        leading = (
            each
            for each in self.document.findall(addnodes.pending_xref)
            if each.get("reftarget") == label
        )
        reference = next(leading, None)
        known = self.env.domains.standard_domain.labels
        if reference is not None and label in known:  # of a label that is not, Sphinx warns
            if known[label][0] != ANSWERS:
                logger.error("%s stands in %s.md; the answers stand in %s.md",
                             label, known[label][0], ANSWERS, location=reference)  # fmt: skip
                return
            start = f'<details class="answers"><summary>{_("Answers")}</summary>'
            folded = [
                nodes.raw("", start, format="html"),
                *answers(self.env, label, name),
                nodes.raw("", "</details>", format="html"),
            ]
            paragraph = outermost(reference)
            paragraph.parent.insert(paragraph.parent.index(paragraph) + 1, folded)


def outermost(node: nodes.Node) -> nodes.Element:
    """Return the part of a section that a node stands in."""
    found = node
    while not isinstance(found.parent, nodes.section):
        found = found.parent
    assert isinstance(found, nodes.Element)
    return found


def answers(env: BuildEnvironment, label: str, borrower: str) -> list[nodes.Node]:
    """Return copies of what stands below a label on the page of answers."""
    _name, anchor, _title = env.domains.standard_domain.labels[label]
    tree = env.get_doctree(ANSWERS)
    section = next(each for each in tree.findall(nodes.section) if anchor in each["ids"])
    copies = [each.deepcopy() for each in section if not isinstance(each, nodes.title)]
    for copy in copies:
        for each in copy.findall(nodes.Element):
            each["ids"] = []
            if isinstance(each, addnodes.pending_xref):
                each["refdoc"] = borrower
    return copies


def explain_terms(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give a page the definitions of the terms that it refers to, as HTML by their ids."""
    if app.builder.name != "html" or tree is None or GLOSSARY not in app.env.found_docs:
        return
    addresses = [link.get("refuri", "") for link in tree.findall(nodes.reference)]
    wanted = dict.fromkeys(each.partition("#")[2] for each in addresses if TERM in each)
    if wanted:
        known = definitions(app)
        context["definitions"] = [(each, *known[each]) for each in wanted if each in known]


def definitions(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return each term of the glossary and its definition as HTML, by its id; made once a build."""
    builder: Any = app.builder
    if not hasattr(builder, "definitions"):
        tree = app.env.get_and_resolve_doctree(GLOSSARY, builder)
        for link in tree.findall(nodes.reference):
            if "refid" in link:  # leads to a place on the page of the glossary
                link["refuri"] = f"{GLOSSARY}.html#{link.attributes.pop('refid')}"
        builder.definitions = {
            anchor: (term.astext(), fragment(app, item))
            for item in tree.findall(nodes.definition_list_item)
            for term in item.findall(nodes.term)
            for anchor in term["ids"]
        }
    return builder.definitions  # type: ignore[no-any-return]


def fragment(app: Sphinx, item: nodes.definition_list_item) -> str:
    """Return the definition of a glossary's entry as HTML."""
    builder: Any = app.builder
    parts = (part for child in item.findall(nodes.definition) for part in child)
    return "".join(builder.render_partial(part)["fragment"] for part in parts)


class Borrowers:
    """Has every page written again when what pages borrow has changed."""

    def __init__(self) -> None:
        self.lenders: set[str] = set()

    def note(self, _app: Sphinx, _env: BuildEnvironment, changed: list[str]) -> None:
        """Note which lenders are about to be read."""
        self.lenders = LENDERS & set(changed)

    def pages(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Name the pages to write."""
        return sorted(env.found_docs) if self.lenders else []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(FoldAnswers)
    app.connect("html-page-context", explain_terms)
    borrowers = Borrowers()
    app.connect("env-before-read-docs", borrowers.note)
    app.connect("env-updated", borrowers.pages)
