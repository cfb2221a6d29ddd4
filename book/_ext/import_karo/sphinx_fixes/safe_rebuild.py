"""An interrupted, failed or older build never lends its leftovers, nor its gaps, to the next.

Sphinx trusts what lies in its folders by date: a page cut off half-way would stay, and a warning
would not be given again, so that the second run of a broken build looks good. A mark stands in
the doctree folder while a build runs; if it is found, the next build starts from nothing. It
stands in the output folder too, because formats share doctrees. Nor does Sphinx see that the
extensions themselves were edited: their digest is a setting, and a changed setting reads anew.
A file that was replaced by an older one looks unchanged: what decides is its content, too. Pages
name each other, and every edition: what all of them show is noted beside them, and once it has
changed all are written again. Last, what no chapter has any more is removed when a build succeeds.
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
# What stands in every page, or is named there with a digest of its content.
DRESS = ("_static", "_templates")
LIST = "editions.toml"


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


def content_of(path: Path) -> str:
    """Return a digest of a file, or of all files below a folder with their names."""
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_file())
        text = "".join(f"{each.relative_to(path)} {content_of(each)}\n" for each in found)
        return hashlib.sha256(text.encode()).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


class Contents:
    """What each document was made of when it was read: its digests, kept in the environment."""

    def __init__(self) -> None:
        self.reading: list[str] = []
        self.known: dict[str, str] = {}  # within one build a listing is read once

    def of(self, env: BuildEnvironment, name: str) -> str:
        """Return a digest of a document and of all that it depends on."""
        # Of a catalog, its source: Sphinx adds what is compiled of it later on.
        used = (env.srcdir / each for each in env.dependencies[name])
        paths = [env.doc2path(name), *(path for path in used if path.suffix != ".mo")]
        locale = env.config.locale_dirs[0]
        language = Path(locale, env.config.language, "LC_MESSAGES", f"{name}.po")
        return "".join(self.once(Path(path)) for path in sorted({*map(str, paths), str(language)}))

    def once(self, path: Path) -> str:
        """Return the first letters of the digest of a file's content."""
        key = str(path)
        if key not in self.known:
            self.known[key] = content_of(path)[:16]
        return self.known[key]

    def changed(
        self,
        _app: Sphinx,
        env: BuildEnvironment,
        _added: set[str],
        _changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Name the documents that are not what they were made of, and whose contents lost one."""
        self.known.clear()
        before = getattr(env, "contents", {})
        found = [name for name, old in before.items()
                 if name in env.found_docs and old != self.of(env, name)]  # fmt: skip
        lists = env.toctree_includes.items()
        return found + [name for name, names in lists if removed.intersection(names)]

    def begin(self, _app: Sphinx, _env: BuildEnvironment, names: list[str]) -> None:
        """Note which documents are about to be read."""
        self.reading = list(names)

    def keep(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Keep the digests of what was read."""
        self.known.clear()
        kept = {name: old for name, old in getattr(env, "contents", {}).items()
                if name in env.found_docs}  # fmt: skip
        read = {name: self.of(env, name) for name in self.reading if name in env.found_docs}
        env.contents = kept | read  # type: ignore[attr-defined]
        return []


def shown_everywhere(env: BuildEnvironment) -> str:
    """Return a digest of what any page may show of the others, and of the interface's words.

    Those are the titles, numbers and labels of chapters and sections, the contents, the catalog,
    the list of editions, the style sheets, the scripts and the templates.
    """
    labels = env.domains.standard_domain.labels
    locale = Path(env.config.locale_dirs[0])
    catalog = locale / env.config.language / "LC_MESSAGES" / "sphinx.po"
    dress = [env.srcdir / name for name in DRESS]
    known = (
        sorted((name, title.astext()) for name, title in env.titles.items()),
        sorted(labels.items()),
        sorted(env.toc_secnumbers.items()),
        sorted(env.toctree_includes.items()),
        env.tocs[env.config.root_doc].pformat(),  # the names of the parts, too
        *(content_of(path) for path in (catalog, locale / LIST, *dress)),
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


class Pages:
    """Which pages a build of the HTML has: those of documents, and those it makes itself."""

    def __init__(self) -> None:
        self.made: set[str] = set()

    def note(self, _app: Sphinx, page: str, *_rest: object) -> None:
        """Note a page that is written."""
        self.made.add(page)

    def remove_others(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove pages and doctrees of what is no document any more: also a failed build's."""
        if exception is not None:
            return
        for path in Path(app.doctreedir).rglob("*.doctree"):
            if (
                path.relative_to(app.doctreedir).with_suffix("").as_posix()
                not in app.env.found_docs
            ):
                path.unlink()
        if app.builder.name != "html" or not isinstance(app.builder, StandaloneHTMLBuilder):
            return
        kept = {Path(app.builder.get_output_path(name)) for name in self.made | app.env.found_docs}
        folders = {Path(app.outdir), *(path.parent for path in kept)}
        for path in (each for folder in folders for each in folder.glob("*.html")):
            if path not in kept:
                path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx; first at the start, last at the end."""
    app.add_config_value("extensions_digest", digest_of_extensions(), "env", str)
    app.connect("config-inited", begin, priority=100)
    contents, pages = Contents(), Pages()
    app.connect("env-get-outdated", contents.changed)
    app.connect("env-before-read-docs", contents.begin)
    app.connect("env-updated", contents.keep)
    app.connect("env-get-updated", pages_to_write, priority=900)  # once all have their numbers
    app.connect("html-page-context", pages.note)
    app.connect("build-finished", pages.remove_others)
    app.connect("build-finished", keep_names)
    app.connect("build-finished", end, priority=900)
