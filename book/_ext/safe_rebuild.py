"""An interrupted, failed or older build never lends its leftovers, nor its gaps, to the next.

Sphinx trusts what lies in its folders by date: a page cut off half-way would stay, and a warning
would not be given again, so that the second run of a broken build looks good. A mark stands in
the doctree folder while a build runs; if it is found, the next build starts from nothing. It
stands in the output folder too, because formats share doctrees. Nor does Sphinx see that the
extensions themselves were edited: their digest is a setting, and a changed setting reads anew.
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


def marks(app: Sphinx) -> list[Path]:
    """Return where the marks of a build stand."""
    return [Path(app.doctreedir, MARK), Path(app.outdir, ".buildinfo" + MARK)]


def digest_of_extensions() -> str:
    """Return a digest of every Python file beside this one."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
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


def remove_page(app: Sphinx, _env: BuildEnvironment, docname: str) -> None:
    """Remove the page of a chapter that is no more."""
    if isinstance(app.builder, StandaloneHTMLBuilder) and docname not in app.project.docnames:
        Path(app.builder.get_output_path(docname)).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; first at the start, last at the end."""
    app.add_config_value("extensions_digest", digest_of_extensions(), "env", str)
    app.connect("config-inited", begin, priority=100)
    app.connect("env-purge-doc", remove_page)
    app.connect("build-finished", end, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
