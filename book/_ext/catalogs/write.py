"""`make po`: brings every catalog up to date with the chapters, in one canonical form."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import editions
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from sphinx_intl.basic import update

from . import LOCALE, catalogs_of, languages, replace
from .syntax import Entry, read

POT = editions.BUILD / "gettext"
WIDTH = 79
HEADER = r"""# {name} translation of {project}.
# Copyright (C) {author}
# This file is distributed under the same licence as the book: CC BY-SA 4.0.
msgid ""
msgstr ""
"Project-Id-Version: {project}\n"
"Language: {code}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def extract(folder: Path = POT) -> None:
    """Write the templates (.pot) of every chapter; Sphinx's complaints end the run."""
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "gettext", "-c", "."]
    doctrees = editions.CACHE / "doctrees" / "gettext"
    done = subprocess.run([*command, "-d", doctrees, "book", folder], cwd=editions.ROOT)
    if done.returncode:
        raise SystemExit("make po: the chapters do not build; no catalog was touched")


def refresh(language: str) -> list[Path]:
    """Bring one language's catalogs up to date; return those that changed."""
    templates = sorted(POT.glob("**/*.pot"))
    chapters = {path.relative_to(POT).with_suffix(".po") for path in templates}
    changed = []
    with tempfile.TemporaryDirectory() as scratch:
        old, new = LOCALE / language, Path(scratch, language)
        if old.exists():
            shutil.copytree(old, new, ignore=shutil.ignore_patterns("*.mo", "*.js", "sphinx.po"))
        update(scratch, str(POT), [language], line_width=WIDTH)
        for relative in sorted(chapters):
            path = old / "LC_MESSAGES" / relative
            before = path.read_bytes() if path.exists() else b""
            after = canonical(new / "LC_MESSAGES" / relative, path, language)
            if after != before:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace(path, after)
                changed.append(path)
    return changed


def canonical(path: Path, old: Path, language: str) -> bytes:
    """Return a catalog's one form: no places, dates or guessed flags, previous msgids kept.

    `old` is the catalog before this run; it need not exist.
    """
    with path.open("rb") as file:
        catalog = read_po(file, language)
    keep_previous(catalog, read(old)[0] if old.exists() else [])
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}
    edition = editions.by_code(language)
    header = HEADER.format(
        name=edition.name if edition else language,
        project=editions.PROJECT,
        author=editions.AUTHOR,
        code=language,
    )
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, no_location=True, omit_header=True, include_previous=True)
    return header.encode() + body.getvalue().strip(b"\n") + b"\n"


def keep_previous(catalog: Catalog, old: list[Entry]) -> None:
    """Give each fuzzy entry the msgid its translation was made for.

    sphinx-intl does not record it, and Babel reads a recorded one as a plain comment.
    """
    made_for = {entry.msgstr: entry for entry in old if entry.msgid and entry.msgstr}
    for message in catalog:
        message.user_comments = [each for each in message.user_comments if each[:1] != "|"]
        message.previous_id = []
        entry = made_for.get(str(message.string or ""))
        if message.id and message.fuzzy and entry:
            # Fuzzy before this run: what was recorded then still holds.
            previous = entry.previous if entry.msgid == message.id else entry.msgid
            message.previous_id = [previous] if previous else []


def main() -> int:
    """Refresh every translation of the book."""
    extract()
    wanted = {edition.code for edition in editions.TRANSLATIONS} | set(languages())
    for language in sorted(wanted - {editions.SOURCE.code}):
        changed = refresh(language)
        total = len(catalogs_of(language))
        print(f"{language}: {len(changed)} of {total} catalogs changed")
        for path in changed:
            print(f"  {path.relative_to(editions.ROOT)}")
    return 0
