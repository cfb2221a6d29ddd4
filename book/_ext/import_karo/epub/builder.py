"""The EPUB: Sphinx's builder with a contents list that numbers chapters and names parts.

What it changes, and why: each page says its language; the contents show what the HTML shows;
the NCX carries the book's identifier; metadata says what is accessible; the zip is reproducible.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.locale import _
from sphinx.util.display import progress_message
from sphinx.util.fileutil import copy_asset_file

from .. import pdf
from ..core import editions
from ..core.packing import write_zip

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PARTS = editions.ROOT / "book" / "_epub"
STYLE = "e-reader.css"
COVER = "cover.png"
UID = "import-karo"


@dataclass
class Point:
    """An entry of the contents; a part has no page of its own."""

    text: str
    uri: str = ""
    children: list[Point] = field(default_factory=list)
    number: int = 0
    order: int = 0

    @property
    def first_uri(self) -> str:
        """Where an entry leads in the NCX, which must lead somewhere."""
        return self.uri or self.children[0].first_uri

    @property
    def depth(self) -> int:
        """How many levels this entry and those below it have."""
        return 1 + max((child.depth for child in self.children), default=0)


class EpubBuilder(Epub3Builder):
    """Sphinx's EPUB 3 builder, changed where the book needs it."""

    template_dir = PARTS  # type: ignore[assignment]
    add_permalinks = False

    def init(self) -> None:
        """Say the language on every page."""
        super().init()
        tag = self.config.epub_language
        self.html_tag = (
            '<html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{tag}" xml:lang="{tag}">'
        )

    def init_css_files(self) -> None:
        """Take our style and the highlighter's."""
        self._css_files = []
        self.add_css_file("pygments.css", priority=200)
        self.add_css_file(STYLE, priority=800)

    def add_css_file(self, filename: str, **kwargs: Any) -> None:
        """Leave out what other extensions bring for the pages of the HTML."""
        if filename in ("pygments.css", STYLE):
            super().add_css_file(filename, **kwargs)

    def init_js_files(self) -> None:
        """Take no script: few readers run one, and none is needed."""
        self._js_files = []

    def copy_static_files(self) -> None:
        """Copy what the pages ask for and nothing else."""
        with progress_message("copying static files", nonl=False):
            self._static_dir.mkdir(parents=True, exist_ok=True)
            self.create_pygments_style_file()
            copy_asset_file(PARTS / STYLE, self._static_dir, force=True)
            (self._static_dir / COVER).write_bytes(pdf.cover(self.config))

    def content_metadata(self) -> dict[str, Any]:
        """Add what is said of accessibility, in the reader's language."""
        said = _(
            "Code and its output are text. Every figure has a description. "
            "Headings, lists and tables are marked as such."
        )
        languages = [self.config.epub_language]
        if self.config.parallel:
            languages.insert(0, editions.SOURCE.tag)
        return super().content_metadata() | {"accessibility": said, "languages": languages}

    def navigation(self) -> list[Point]:
        """Return the contents as the HTML shows them: parts, numbered chapters, sections."""
        tree = self.env.get_and_resolve_doctree(
            self.config.root_doc, self, tags=self.tags, prune_toctrees=False, includehidden=True
        )
        root = f"{self.config.root_doc}{self.out_suffix}"
        points = [Point(self.env.titles[self.config.root_doc].astext(), root)]
        for wrapper in tree.findall(addnodes.compact_paragraph):
            if not wrapper.get("toctree"):
                continue
            titles = [each.astext() for each in wrapper.findall(nodes.title)]
            inside = _inside(wrapper)
            points += [Point(titles[0], children=inside)] if titles else inside
        _number(points)
        return points

    def build_navigation_doc(self) -> None:
        """Write nav.xhtml: the contents, and the places a reader jumps to."""
        points = self.navigation()
        pages = [
            ("cover", self.coverpage_name, _("Cover")),
            ("toc", "nav.xhtml", _("Table of Contents")),
            ("bodymatter", next(point.first_uri for point in points[1:]), _("Text")),
            ("glossary", f"glossary{self.out_suffix}", _("Glossary")),
            ("index", f"genindex{self.out_suffix}", _("Index")),
        ]
        context = {
            "lang": self.config.epub_language,
            "toc_title": _("Table of Contents"),
            "landmarks_title": _("Landmarks"),
            "points": points,
            "landmarks": [page for page in pages if page[1] in [*self.files, "nav.xhtml"]],
        }
        self._write("nav.xhtml", context)
        self.files.append("nav.xhtml")

    def build_toc(self) -> None:
        """Write toc.ncx, the contents that EPUB 2 readers look for."""
        points = self.navigation()
        context = {
            "lang": self.config.epub_language,
            "identifier": self.config.epub_identifier,
            "title": self.config.epub_title,
            "depth": max(point.depth for point in points),
            "points": points,
        }
        self._write("toc.ncx", context)

    def _write(self, name: str, context: dict[str, Any]) -> None:
        copy_asset_file(PARTS / f"{name}.jinja", self.outdir, context=context, force=True)

    def build_epub(self) -> None:
        """Zip the files in one order, with one date and one mode."""
        first = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx"]
        write_zip(
            Path(self.outdir, f"{self.config.epub_basename}.epub"),
            [(name, Path(self.outdir, name)) for name in [*first, *sorted(set(self.files))]],
            stored=["mimetype"],
        )


def _points(items: nodes.bullet_list) -> list[Point]:
    """Return the entries of one level of a resolved toctree."""
    found = []
    for item in items.children:
        link = next(iter(item.findall(nodes.reference)))
        number = ".".join(map(str, link.get("secnumber") or ()))
        text = f"{number}. {link.astext()}" if number else link.astext()
        found.append(Point(text, link["refuri"], _inside(item)))
    return found


def _inside(node: nodes.Element) -> list[Point]:
    """Return the entries of the lists that stand directly in a node."""
    lists = [child for child in node.children if isinstance(child, nodes.bullet_list)]
    return [point for items in lists for point in _points(items)]


def _number(points: list[Point]) -> None:
    """Give each entry a number, and each place its turn in the reading order."""
    orders: dict[str, int] = {}
    count = 0
    stack = list(reversed(points))
    while stack:
        point = stack.pop()
        count += 1
        point.number = count
        point.order = orders.setdefault(point.first_uri, len(orders) + 1)
        stack += reversed(point.children)


def describe(_app: Sphinx, config: Config) -> None:
    """Set what EPUB readers show of the edition, unless the command line did."""
    edition = editions.of(config) or editions.SOURCE
    values = {
        "epub_basename": f"import-karo-{edition.folder}",
        "epub_title": edition.title,
        "epub_description": edition.description,
        "epub_language": editions.tag_of(config.language),
        "epub_uid": UID,
        "epub_identifier": uuid.uuid5(uuid.NAMESPACE_OID, f"import-karo/{edition.folder}").urn,
        "epub_cover": (f"_static/{COVER}", "epub-cover.html"),
        "epub_exclude_files": [".buildinfo.unfinished", ".buildinfo.names"],
    }
    for name, value in values.items():
        if name not in config.overrides:
            config[name] = value


def setup(app: Sphinx) -> None:
    """Register with Sphinx, in the place of its own builder."""
    app.add_builder(EpubBuilder, override=True)
    app.connect("config-inited", describe, priority=400)
