"""What a page of the HTML borrows from the glossary: the definitions of its terms.

Readers of a page see them without leaving it, and they are written and translated once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

GLOSSARY = "glossary"
TERM = f"{GLOSSARY}.html#term-"


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
    """Has every page written again when the glossary has changed."""

    def __init__(self) -> None:
        self.all = False

    def note(self, _app: Sphinx, _env: BuildEnvironment, changed: list[str]) -> None:
        """Note whether the glossary is about to be read."""
        self.all = GLOSSARY in changed

    def pages(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Name the pages to write."""
        return sorted(env.found_docs) if self.all else []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", explain_terms)
    borrowers = Borrowers()
    app.connect("env-before-read-docs", borrowers.note)
    app.connect("env-updated", borrowers.pages)
