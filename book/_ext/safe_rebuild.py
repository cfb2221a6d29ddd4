"""An interrupted, failed or older build never lends its leftovers, nor its gaps, to the next.

Sphinx trusts what lies in its folders by date: a page cut off half-way would stay, and a warning
would not be given again, so that the second run of a broken build looks good. A mark stands in
the doctree folder while a build runs; if it is found, the next build starts from nothing. It
stands in the output folder too, because formats share doctrees. Nor does Sphinx see that the
extensions themselves were edited: their digest is a setting, and a changed setting reads anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import sphinx.search
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.search import IndexBuilder, js_index

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


class WholeSearchIndex(IndexBuilder):
    """Keeps the index entries of pages that are not written again; Sphinx's own forgets them.

    They are gathered while pages are written, after the environment has been saved; so a build
    that rewrites one page would publish a search that no longer finds the entries of the others.
    """

    def load(self, stream: IO[str], format: Any) -> None:  # type: ignore[override]
        """Take the entries from the index of the build before."""
        text = stream.read()
        super().load(StringIO(text), format)
        frozen = js_index.loads(text)
        for entry, places in frozen["indexentries"].items():
            for number, target, main in places:
                kept = (entry, target, "main" if main else "")
                self._index_entries.setdefault(frozen["docnames"][number], []).append(kept)

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget pages that are gone, or about to be written."""
        kept = set(docnames)
        super().prune(kept)
        for name in set(self._index_entries) - kept:
            del self._index_entries[name]

    def freeze(self) -> dict[str, Any]:
        """Put the entries in the order of a clean build."""
        in_order = sorted(self._index_entries.items())
        self._index_entries.clear()
        self._index_entries.update((name, sorted(entries)) for name, entries in in_order)
        return super().freeze()


def remove_page(app: Sphinx, _env: BuildEnvironment, docname: str) -> None:
    """Remove the page of a chapter that is no more."""
    if isinstance(app.builder, StandaloneHTMLBuilder) and docname not in app.project.docnames:
        Path(app.builder.get_output_path(docname)).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; first at the start, last at the end."""
    sphinx.search.IndexBuilder = WholeSearchIndex  # type: ignore[misc]
    app.add_config_value("extensions_digest", digest_of_extensions(), "env", str)
    app.connect("config-inited", begin, priority=100)
    app.connect("env-purge-doc", remove_page)
    app.connect("build-finished", end, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
