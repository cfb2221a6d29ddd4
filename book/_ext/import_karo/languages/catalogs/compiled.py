"""Catalogs as a build reads them: compiled before it starts, unless one has a fault."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.errors import SphinxError

from ...core import editions
from .check import faults
from .syntax import Fault

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

LOCALE = editions.ROOT / "locale"
# Entries of sphinx.po with this comment are looked up by JavaScript.
JAVASCRIPT = "javascript"
# What a file says of itself, and msgmerge's previous msgids of obsolete entries.
HEADER = re.compile(r'^msgid ""\n(?:msgstr.*\n?)(?:".*\n?)*', re.MULTILINE)
OBSOLETE_PREVIOUS = re.compile(r"^#~\|.*\n", re.MULTILINE)
# The flag line that GNU gettext writes since 0.26; Babel takes it for a comment.
NEW_FLAGS = re.compile(r"^#=,?[ ]*", re.MULTILINE)
PLAIN_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


class CatalogError(SphinxError):
    """A catalog that would print garbage."""

    category = "Catalog error"


def languages(locale: Path = LOCALE) -> list[str]:
    """Return the codes of the languages that have catalogs."""
    return sorted(path.parent.name for path in locale.glob("*/LC_MESSAGES"))


def catalogs_of(language: str, locale: Path = LOCALE) -> list[Path]:
    """Return a language's .po files, sorted."""
    found = (locale / language / "LC_MESSAGES").glob("**/*.po")
    return sorted(path for path in found if not path.name.startswith("."))  # editors' own


def load(path: Path, language: str) -> Catalog:
    """Read a catalog with Babel: its messages, whatever its header says of dates and plurals.

    A date or plural form that Babel does not understand would end the run with its traceback.
    """
    text = path.read_text(encoding="utf-8-sig")
    return read_po(BytesIO(readable(text).encode()), language)


def readable(text: str) -> str:
    """Return the text of a catalog without what Babel and sphinx-intl stumble over."""
    plain = HEADER.sub(lambda _: PLAIN_HEADER, text, count=1)
    return NEW_FLAGS.sub("#, ", OBSOLETE_PREVIOUS.sub("", plain))


def compile_language(language: str, locale: Path = LOCALE) -> list[Fault]:
    """Compile what is stale, remove what has no source any more; return faults, then none is made.

    gettext would read `hi` where it finds nothing in `hi_Latn`, so a folder of that name is one.
    """
    if (locale / "hi").exists():
        text = "gettext would mix `hi` into the Hinglish edition; name the folder hi_Deva"
        return [Fault(locale / "hi", 1, text)]
    sources = catalogs_of(language, locale)
    stale = [path for path in sources if not is_current(path)]
    found = [fault for path in stale for fault in faults(path)]
    if found:
        return found
    for path in stale:
        compile_catalog(path, language)
    made = {path.with_suffix(suffix) for path in sources for suffix in (".mo", ".js")}
    for suffix in ("mo", "js"):
        for orphan in set((locale / language).glob(f"LC_MESSAGES/**/*.{suffix}")) - made:
            orphan.unlink()
    return []


def compile_all() -> int:
    """Compile every language; print the faults and return how many there are."""
    found = [fault for language in languages() for fault in compile_language(language)]
    for fault in found:
        print(fault, file=sys.stderr)
    return len(found)


def is_current(path: Path) -> bool:
    """Tell whether a .po file's compiled form was made from its very bytes.

    A .mo file is read by offsets, so the digest of its source can stand behind the last one.
    """
    compiled = path.with_suffix(".mo")
    needs_js = path.name == "sphinx.po" and not path.with_suffix(".js").exists()
    return not needs_js and compiled.exists() and compiled.read_bytes().endswith(digest(path))


def digest(path: Path) -> bytes:
    """Return the digest that ties a compiled catalog to its source."""
    return hashlib.sha256(path.read_bytes()).digest()


def compile_catalog(path: Path, language: str) -> None:
    """Write a catalog's .mo, and for the interface words the .js that scripts read."""
    catalog = load(path, language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    if path.name == "sphinx.po":
        replace(path.with_suffix(".js"), script(catalog, language).encode())
    replace(path.with_suffix(".mo"), compiled.getvalue() + digest(path))


def script(catalog: Catalog, language: str) -> str:
    """Return the JavaScript that Sphinx's doctools load translations from."""
    wanted = (each for each in catalog if JAVASCRIPT in each.auto_comments and each.string)
    messages = {each.id if isinstance(each.id, str) else each.id[0]: each.string for each in wanted}
    # Scripts index the list of plural forms with this expression.
    plural = f"+({catalog.plural_expr})"
    data = {"locale": language, "messages": messages, "plural_expr": plural}
    return f"Documentation.addTranslations({json.dumps(data, sort_keys=True)});"


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; two builds may do it at the same time."""
    partial = path.with_name(f".{path.name}.{hashlib.sha256(data).hexdigest()[:8]}")
    partial.write_bytes(data)
    partial.replace(path)


def compile_for_build(_app: Sphinx, config: Config) -> None:
    """Compile the catalogs of the language being built; a faulty one stops the build."""
    try:
        found = compile_language(config.language)
    except OSError as error:
        text = "catalogs are compiled beside their sources; build once where that can be written"
        raise CatalogError(f"{error.filename}: {error.strerror}: {text}") from None
    if found:
        raise CatalogError("\n" + "\n".join(map(str, found)))


def read_without_catalog(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Name the chapters whose catalog is gone; Sphinx sees only what a catalog adds."""
    folder = LOCALE / app.config.language / "LC_MESSAGES"
    now = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("**/*.po")}
    before = getattr(env, "catalogs_of_last_build", now)
    env.catalogs_of_last_build = now  # type: ignore[attr-defined]
    return sorted((before - now) & env.found_docs)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", compile_for_build, priority=300)
    app.connect("env-get-outdated", read_without_catalog)
