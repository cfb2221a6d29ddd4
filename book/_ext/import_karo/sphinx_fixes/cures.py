"""Cures for what Sphinx, myst-parser and furo do again for every message and for every page.

With them a translated build costs about as much as the source build. The pages stay the same to the
byte: a test builds with and without each. A cure names the line that it replaces the work of; where
that line is gone, in another version, the cure is left out with one warning and the book is built
without it, only slower.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import docutils.utils
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from jinja2 import FileSystemBytecodeCache
from markdown_it import MarkdownIt
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.util.docutils import LoggingReporter

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True)
class Cure:
    """What replaces a name of a module, and how it is seen that it still fits.

    `gain` is in CPU seconds of the English and of the parallel book of eight chapters, cold, which
    took 3.0 and 5.6 with all cures: what each costs when it alone is left out.
    """

    name: str
    module: str
    target: str
    line: str  # which the source of the target must hold
    gain: tuple[float, float]
    make: Callable[[Any], Any]  # of what it replaces

    def stock(self) -> Any:
        """Return what the cure replaces; an AttributeError or ImportError where it is gone."""
        if self.name not in STOCK:
            STOCK[self.name] = getattr(importlib.import_module(self.module), self.target)
        return STOCK[self.name]

    def misfit(self) -> str:
        """Say why the cure fits no more; nothing, if it does."""
        try:
            source = inspect.getsource(self.stock())
        except (AttributeError, ImportError, OSError, TypeError) as error:
            return str(error)
        is_there = self.line in " ".join(source.split())
        return "" if is_there else f"{self.module}.{self.target} has no line `{self.line}`"

    def put(self, replacement: Any) -> None:
        """Put the cure, or what was there before it, in the place."""
        setattr(importlib.import_module(self.module), self.target, replacement)


# What is replaced, kept from the first time: an application may be made twice.
STOCK: dict[str, Any] = {}


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

    def __init__(self, stock: Callable[..., nodes.Element]) -> None:
        self.stock = stock
        self.parser: MarkdownIt | None = None

    def __call__(
        self, source: str, source_path: str, source_line: int, **rest: Any
    ) -> nodes.Element:
        """Parse one message into a document and return its first node."""
        if not source_path.endswith(".md"):
            return self.stock(source, source_path, source_line, **rest)
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


def matcher(stock: Any) -> type:
    """Replace sphinx_i18n.NodeMatcher, which walks the whole chapter for each translated title.

    Sphinx asks which targets point to the title's old name; a chapter's targets are found once.
    """
    targets: WeakKeyDictionary[nodes.document, list[nodes.target]] = WeakKeyDictionary()

    class Matcher(stock):  # type: ignore[misc]
        def findall(self, node: nodes.Node) -> Iterator[Any]:
            """Yield what matches below a node."""
            if not isinstance(node, nodes.document) or self.classes != (nodes.target,):
                return super().findall(node)  # type: ignore[no-any-return]
            if node not in targets:
                targets[node] = list(node.findall(nodes.target))
            return (target for target in targets[node] if self(target))

    return Matcher


class NavigationTree:
    """Replaces furo._compute_navigation_tree, which resolves the whole contents for every page.

    In a book of n pages that is n times n entries. The tree of one page is that of any other but
    for the mark of the current page, as long as all pages lie in one folder and on one level.
    """

    last: ClassVar[NavigationTree | None] = None

    def __init__(self, stock: Callable[[dict[str, Any]], str]) -> None:
        self.stock = stock
        self.builder: Any = None
        self.tree = ""
        NavigationTree.last = self

    @classmethod
    def forget(cls, app: Sphinx, *_: Any) -> None:
        """Start anew with a build."""
        if cls.last is not None:
            cls.last.builder, cls.last.tree = app.builder, ""

    def __call__(self, context: dict[str, Any]) -> str:
        """Return the tree with the current page marked as furo marks it."""
        page = context.get("pagename", "")
        if self.builder is None or self.builder.format != "html" or "toctree" not in context:
            return self.stock(context)
        self.tree = self.tree or self.of_root()
        if "toctree-l2" in self.tree or "/" in page:
            return self.stock(context)
        link = f'<li class="toctree-l1"><a class="reference internal" href="{page}.html">'
        if self.tree.count(link) != 1:
            return self.stock(context)
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

        return self.stock({"pagename": root, "toctree": toctree})


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


def keep_compiled_templates(app: Sphinx) -> None:
    """Let Jinja keep the theme's templates compiled: most of what writing the first page costs.

    Gain: 0.17 s of every build that writes a page; a small book's takes 0.5 with it.
    """
    templates = getattr(app.builder, "templates", None)
    if templates is None or "templates" in app.config.cures_left_out:
        return
    folder = Path(app.confdir, "build/cache/templates")
    folder.mkdir(parents=True, exist_ok=True)
    templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


CURES = (
    Cure(
        "documents",
        "myst_parser.mdit_to_docutils.base",
        "make_document",
        "settings = get_default_settings(parser_cls)",
        (1.16, 1.41),
        lambda _stock: make_document,
    ),
    Cure(
        "messages",
        "sphinx.transforms.i18n",
        "_publish_msgstr",
        "parser = registry.create_source_parser(filetype, config=config, env=env)",
        (0.70, 1.01),
        MessageParser,
    ),
    Cure(
        "targets",
        "sphinx.transforms.i18n",
        "NodeMatcher",
        "def findall(self, node: Node)",
        (0.43, 0.34),
        matcher,
    ),
    Cure(
        "navigation",
        "furo",
        "_compute_navigation_tree",
        "return get_navigation_tree(toctree_html)",
        (0.19, 0.76),
        NavigationTree,
    ),
)


def apply(app: Sphinx, config: Config) -> None:
    """Put the cures in place that fit and that are not left out."""
    for cure in CURES:
        problem = cure.misfit()
        if problem:  # not a warning of Sphinx's, which would stop a build with -W
            print(f"the cure `{cure.name}` is left out: {problem}; mend cures.py", file=sys.stderr)
        elif cure.name in config.cures_left_out:
            cure.put(cure.stock())
        else:
            cure.put(cure.make(cure.stock()))
    if "garbage" not in config.cures_left_out:
        # A build makes many objects and no garbage; by default they are walked again and again.
        # Gain: 1.19 and 1.93 s.
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
    if "pickles" not in config.cures_left_out:
        app.connect("doctree-read", drop_message_documents, priority=900)  # 0.76 and 1.24 s


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("cures_left_out", [], "", list)
    app.connect("config-inited", apply, priority=200)
    app.connect("config-inited", read_side_by_side)
    app.connect("builder-inited", NavigationTree.forget)
    app.connect("builder-inited", keep_compiled_templates)
