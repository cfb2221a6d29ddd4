"""What the book says of its pages once it has an address: sitemap, canonical links, OpenGraph.

Lines of our own: sphinx-sitemap 2.9 tells languages apart, and two of our editions share one;
sphinxext-opengraph 0.13 prints a line of its own into every build.
"""

from __future__ import annotations

import ast
import textwrap
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup

from ..core import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

SITEMAP = "sitemap.xml"
NOT_LISTED = ("search.html",)
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
LINK = '<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>'
LONGEST = 200  # letters of a description; what shows links cuts longer ones


def site_address() -> str:
    """Return `site_address` of conf.py, which only Sphinx can run; it ends with a slash."""
    tree = ast.parse((editions.ROOT / "conf.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "site_address":
            address = str(ast.literal_eval(node.value))
            if address and not (address.startswith("https://") and address.endswith("/")):
                raise SystemExit(f'conf.py:{node.lineno}: site_address: write https://.../, or ""')
            return address
    raise SystemExit('conf.py: write site_address = ""')


def write_sitemap(pages: Path, folder: Path) -> None:
    """Write the sitemap of the editions built below `pages`, if the book has an address."""
    address = site_address()
    if not address:
        return
    day = datetime.fromtimestamp(editions.source_date(), UTC).date().isoformat()
    lines = [HEAD]
    for edition in editions.EDITIONS:
        for page in sorted((pages / edition.folder).glob("*.html")):
            if page.name in NOT_LISTED:
                continue
            links = "".join(
                LINK.format(tag=tag, url=f"{address}{other}/{page.name}")
                for tag, other in by_language().items()
                if (pages / other / page.name).is_file()
            )
            url = f"{address}{edition.folder}/{page.name}"
            lines.append(f"<url><loc>{url}</loc><lastmod>{day}</lastmod>{links}</url>")
    (folder / SITEMAP).write_text("\n".join([*lines, "</urlset>\n"]), encoding="utf-8")


def by_language() -> dict[str, str]:
    """Return the folder of the edition that is in one language alone, by language."""
    return {edition.tag: edition.folder for edition in editions.EDITIONS if not edition.parallel}


def give_edition_its_address(_app: Sphinx, config: Config) -> None:
    """Let the canonical links of an edition lead into its own folder."""
    edition = editions.of(config)
    if config.html_baseurl and edition:
        config.html_baseurl = f"{config.html_baseurl}{edition.folder}/"


def add_open_graph(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Say what a link to this page shows in a message or a post."""
    if not app.config.html_baseurl:
        return
    title = Markup(context.get("title", "")).striptags()
    said = {
        "og:type": "article" if tree else "website",
        "og:site_name": app.config.html_title,
        "og:title": title,
        "og:description": description(tree) if tree else "",
        "og:url": app.config.html_baseurl + app.builder.get_target_uri(page),
        "og:locale": app.config.language.replace("-", "_"),
    }
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n<meta property="{name}" content="{escape(words)}"/>'
        for name, words in said.items()
        if words
    )


def description(tree: nodes.document) -> str:
    """Return the first words of a page: those of its first paragraph."""
    for paragraph in tree.findall(nodes.paragraph):
        if words := " ".join(paragraph.astext().split()):
            return textwrap.shorten(words, LONGEST, placeholder=" ...")
    return ""


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", give_edition_its_address)
    app.connect("html-page-context", add_open_graph)
