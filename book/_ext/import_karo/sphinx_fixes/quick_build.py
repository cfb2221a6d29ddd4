"""Cures for what Sphinx 9.0 and myst-parser 5 do again for every message, reference and listing.

With them a translated build costs about as much as the source build (stock: three times), and a
book of many small listings a tenth less. The pages stay the same to the byte: a test builds with
and without. Each cure names what it replaces; the lock holds the versions.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import docutils.utils
import furo  # type: ignore[import-untyped]
import myst_parser.mdit_to_docutils.base as myst_base
import sphinx.transforms.i18n as sphinx_i18n
import sphinx.util.nodes as sphinx_nodes
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from markdown_it import MarkdownIt
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.domains.std import StandardDomain
from sphinx.errors import ExtensionError
from sphinx.highlighting import PygmentsBridge
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import LoggingReporter

if TYPE_CHECKING:
    from pygments.formatter import Formatter
    from pygments.lexer import Lexer
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

# What is replaced, kept from the first time this is imported: an application may be made twice.
STOCK_MESSAGE = sphinx_i18n._publish_msgstr
STOCK_NUMBER = StandardDomain._resolve_numref_xref
STOCK_MATCHER = sphinx_i18n.NodeMatcher  # type: ignore[attr-defined]
STOCK_TREE: Callable[[dict[str, Any]], str] = furo._compute_navigation_tree
STOCK_LEXER, STOCK_FORMATTER = PygmentsBridge.get_lexer, PygmentsBridge.get_formatter


# A message without any mark is a paragraph of one text; a third of them are.
PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9,.;?()]| (?! ))*(?<! )")


@cache
def default_settings(parser_class: type) -> Any:
    """Return docutils' defaults: finding them builds a whole command-line parser."""
    return get_default_settings(parser_class)


def make_document(source_path: str = "notset", parser_cls: type = Parser) -> nodes.document:
    """Replace myst_base.make_document, which MyST calls, and throws away, for every message."""
    return docutils.utils.new_document(source_path, default_settings(parser_cls).copy())


class MessageParser:
    """Replaces sphinx_i18n._publish_msgstr, which makes a MyST parser for every message."""

    def __init__(self) -> None:
        self.parser: MarkdownIt | None = None

    def __call__(
        self, source: str, source_path: str, source_line: int, **rest: Any
    ) -> nodes.Element:
        """Parse one message into a document and return its first node."""
        if not source_path.endswith(".md"):
            return STOCK_MESSAGE(source, source_path, source_line, **rest)
        if self.parser is None:
            self.parser = create_md_parser(rest["env"].myst_config, SphinxRenderer)
        where = f"{source_path}:{source_line}:<translated>"
        document = docutils.utils.new_document(where, rest["settings"])
        document.reporter = LoggingReporter.from_reporter(document.reporter)
        if PLAIN.fullmatch(source):
            document += nodes.paragraph(source, "", nodes.Text(source))
            document[0].source, document[0].line = where, 1
            return document[0]
        self.parser.options["document"] = document
        self.parser.render(source)
        return document[0] if document.children else document


class Doctrees:
    """An environment that unpickles each doctree once; the rest is the real one's."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.trees: dict[str, nodes.document] = {}

    def get_doctree(self, docname: str) -> nodes.document:
        """Return a doctree that nobody changes."""
        if docname not in self.trees:
            self.trees[docname] = self.env.get_doctree(docname)
        return self.trees[docname]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.env, name)


class NumberedReferences:
    """Replaces StandardDomain._resolve_numref_xref, which unpickles the target's whole chapter."""

    def __init__(self) -> None:
        self.doctrees: Doctrees | None = None

    def forget(self, *_: object) -> None:
        """Drop the doctrees: the next build reads changed ones."""
        self.doctrees = None

    def __call__(self, env: BuildEnvironment, *rest: Any) -> nodes.Element | None:
        """Resolve one reference."""
        if self.doctrees is None or self.doctrees.env is not env:
            self.doctrees = Doctrees(env)
        return STOCK_NUMBER(env.domains.standard_domain, self.doctrees, *rest)  # type: ignore[arg-type]


class Highlighter:
    """Replaces PygmentsBridge's makers of lexers and formatters, called anew for each listing.

    Neither keeps anything of what it has highlighted (Pygments' documentation, "Quickstart").
    """

    def __init__(self) -> None:
        self.lexers: dict[object, Lexer] = {}
        self.formatters: dict[object, Formatter[str]] = {}

    def lexer(self, bridge: PygmentsBridge, source: str, lang: str, *rest: Any) -> Lexer:
        """Return the lexer of a language; "python" means another one for a session."""
        key = (lang, source.startswith(">>>"), repr(rest[:2]))
        if key not in self.lexers:
            self.lexers[key] = STOCK_LEXER(bridge, source, lang, *rest)
        return self.lexers[key]

    def formatter(self, bridge: PygmentsBridge, **options: Any) -> Formatter[str]:
        """Return the formatter for some options, as line numbers and emphasis."""
        key = (bridge, repr(sorted(options.items())))
        if key not in self.formatters:
            self.formatters[key] = STOCK_FORMATTER(bridge, **options)
        return self.formatters[key]


class Matcher(STOCK_MATCHER):  # type: ignore[misc, valid-type]
    """Replaces sphinx_i18n.NodeMatcher, which walks the whole chapter for each translated title.

    Sphinx asks which targets point to the title's old name; a chapter's targets are found once.
    """

    targets: ClassVar[WeakKeyDictionary[nodes.document, list[nodes.target]]] = WeakKeyDictionary()

    def findall(self, node: nodes.Node) -> Iterator[Any]:
        """Yield what matches below a node."""
        if not isinstance(node, nodes.document) or self.classes != (nodes.target,):
            return super().findall(node)  # type: ignore[no-any-return]
        if node not in self.targets:
            self.targets[node] = list(node.findall(nodes.target))
        return (target for target in self.targets[node] if self(target))


@cache
def english_stem(stemmer: Any, word: str) -> str:
    """Return a word's stem; Sphinx looks for it wherever the word stands."""
    return str(stemmer.stemWord(word.lower()))


class NavigationTree:
    """Replaces furo._compute_navigation_tree, which resolves the whole contents for every page.

    In a book of n pages that is n times n entries. The tree of one page is that of any other but
    for the mark of the current page, as long as all pages lie in one folder and on one level.
    """

    def __init__(self) -> None:
        self.builder: Any = None
        self.tree = ""

    def forget(self, app: Sphinx, *_: Any) -> None:
        """Start anew with a build."""
        self.builder, self.tree = app.builder, ""

    def __call__(self, context: dict[str, Any]) -> str:
        """Return the tree with the current page marked as furo marks it."""
        page = context.get("pagename", "")
        if self.builder is None or self.builder.format != "html" or "toctree" not in context:
            return STOCK_TREE(context)
        self.tree = self.tree or self.of_root()
        if "toctree-l2" in self.tree or "/" in page:
            return STOCK_TREE(context)
        link = f'<li class="toctree-l1"><a class="reference internal" href="{page}.html">'
        if self.tree.count(link) != 1:
            return STOCK_TREE(context)
        current = (
            '<li class="toctree-l1 current current-page">'
            '<a class="current reference internal" href="#">'
        )
        before, _, after = self.tree.partition(link)
        start = before.rindex("<ul>")
        return f'{before[:start]}<ul class="current">{before[start + 4 :]}{current}{after}'

    def of_root(self) -> str:
        """Return the tree as the root page has it: no entry is the current one."""
        root = self.builder.config.root_doc

        def toctree(**options: Any) -> str:
            return str(self.builder._get_local_toctree(root, **options))

        return STOCK_TREE({"pagename": root, "toctree": toctree})


def drop_message_documents(_app: Sphinx, doctree: nodes.document) -> None:
    """Point translated nodes to their chapter: each keeps the document it was parsed in alive.

    One chapter's pickle shrinks from 343 to 137 kB and loads in 2 ms instead of 150.
    """
    for node in doctree.findall():
        if node is not doctree and node.document is not doctree:
            node.document = doctree


def read_side_by_side(app: Sphinx, _config: Config) -> None:
    """Let `-j` read chapters side by side: the numbering comes after, and does not say so."""
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def setup(app: Sphinx) -> None:
    """Put the cures in place."""
    # A build makes many objects and no garbage; by default they are walked again and again.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    numbers, highlighter, tree = NumberedReferences(), Highlighter(), NavigationTree()
    patches: list[tuple[Any, str, Any]] = [
        (myst_base, "make_document", make_document),
        (furo, "_compute_navigation_tree", tree),
        (sphinx_i18n, "NodeMatcher", Matcher),
        # Written out for each node, for a debug message that nobody asked for.
        (sphinx_nodes, "repr_domxml", lambda node, *_: repr(node)),
        (SearchEnglish, "stem", lambda self, word: english_stem(self.stemmer, word)),
        (sphinx_i18n, "_publish_msgstr", MessageParser()),
        (StandardDomain, "_resolve_numref_xref", lambda _self, *rest: numbers(*rest)),
        (PygmentsBridge, "get_lexer", lambda *all_: highlighter.lexer(*all_)),
        (PygmentsBridge, "get_formatter", lambda self, **all_: highlighter.formatter(self, **all_)),
    ]
    for owner, name, cure in patches:
        if not hasattr(owner, name):
            raise ExtensionError(f"{owner.__name__} has no {name} any more: mend quick_build.py")
        setattr(owner, name, cure)
    app.connect("config-inited", read_side_by_side)
    app.connect("env-updated", numbers.forget)
    app.connect("builder-inited", tree.forget)
    app.connect("doctree-read", drop_message_documents, priority=900)
