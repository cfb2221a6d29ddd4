"""An interrupted, failed or older build never lends its leftovers, nor its gaps, to the next.

Sphinx trusts what lies in its folders by date: a page cut off half-way would stay, and a warning
would not be given again, so that the second run of a broken build looks good. A mark stands in
the doctree folder while a build runs; if it is found, the next build starts from nothing. It
stands in the output folder too, because formats share doctrees. Nor does Sphinx see that the
extensions themselves were edited: their digest is a setting, and a changed setting reads anew.
Last, pages name each other: what all of them show is noted beside them, and once it has changed all
are written again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

MARK = ".unfinished"
NAMES = ".buildinfo.names"
PROGRAM = Path(__file__).parents[1]


def marks(app: Sphinx) -> list[Path]:
    """Return where the marks of a build stand."""
    return [Path(app.doctreedir, MARK), Path(app.outdir, ".buildinfo" + MARK)]


def digest_of_extensions() -> str:
    """Return a digest of every Python file of the program."""
    files = sorted(PROGRAM.rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def begin(app: Sphinx, _config: Config) -> None:
    """Forget a build that did not finish, then mark this one as running."""
    for mark in marks(app):
        if mark.exists():
            Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
            # The search index of an older build would be added to, in another order.
            for name in (".buildinfo", "searchindex.js"):
                Path(app.outdir, name).unlink(missing_ok=True)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def end(app: Sphinx, exception: Exception | None) -> None:
    """Remove the marks of a build that finished without a complaint."""
    if exception is None and not app._warncount:
        for mark in marks(app):
            mark.unlink(missing_ok=True)


def shown_everywhere(env: BuildEnvironment) -> str:
    """Return a digest of what any page may show of the others, and of the interface's words.

    Those are the titles, numbers and labels of chapters and sections, the contents, the catalog.
    """
    labels = env.domains.standard_domain.labels
    catalog = Path(env.config.locale_dirs[0], env.config.language, "LC_MESSAGES", "sphinx.po")
    known = (
        sorted((name, title.astext()) for name, title in env.titles.items()),
        sorted(labels.items()),
        sorted(env.toc_secnumbers.items()),
        sorted(env.toctree_includes.items()),
        catalog.read_bytes() if catalog.is_file() else b"",
    )
    return hashlib.sha256(repr(known).encode()).hexdigest()


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name every page where what all of them show has changed since they were written."""
    if app.builder.format != "html":
        return []
    kept = Path(app.outdir, NAMES)
    is_same = kept.is_file() and kept.read_text(encoding="utf-8") == shown_everywhere(env)
    return [] if is_same else sorted(env.found_docs)


def keep_names(app: Sphinx, exception: Exception | None) -> None:
    """Note what the pages show of each other."""
    if exception is None and app.builder.format == "html":
        Path(app.outdir, NAMES).write_text(shown_everywhere(app.env), encoding="utf-8")


def remove_page(app: Sphinx, _env: BuildEnvironment, docname: str) -> None:
    """Remove the page of a chapter that is no more."""
    if isinstance(app.builder, StandaloneHTMLBuilder) and docname not in app.project.docnames:
        Path(app.builder.get_output_path(docname)).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register with Sphinx; first at the start, last at the end."""
    app.add_config_value("extensions_digest", digest_of_extensions(), "env", str)
    app.connect("config-inited", begin, priority=100)
    app.connect("env-purge-doc", remove_page)
    app.connect("env-updated", pages_to_write)
    app.connect("build-finished", keep_names)
    app.connect("build-finished", end, priority=900)
