"""`make po`: brings every catalog up to date with the chapters, in one canonical form."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO, StringIO
from pathlib import Path

import sphinx
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import normalize, write_po

from ...core import editions
from .check import INTERFACE, placeholders
from .compiled import LOCALE, catalogs_of, languages, load, readable, replace
from .syntax import HARMLESS, Entry, Fault, read
from .terms import with_terms_of

POT = editions.BUILD / "gettext"
DOCTREES = editions.CACHE / "doctrees" / "gettext"
WIDTH = 79
SOURCE, FIRST = editions.SOURCE.code, editions.TRANSLATIONS[0].code
HEADER = r"""# {name} translation of {project}.
# Copyright (C) {author}
# This file is distributed under the same licence as the book: CC BY-SA 4.0.
{credits}msgid ""
msgstr ""
"Project-Id-Version: {project}\n"
"Language: {code}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural_forms};\n"
"X-Source-Language: {source}\n"
"""
# What translators and their programs write into a header, and what gettext puts there for it.
CREDITS = re.compile(
    r"^(?:Last-Translator|Language-Team|X-[\w-]+): (.*)$",
    re.MULTILINE,
)
BLANK = re.compile(r"FULL NAME|EMAIL@ADDRESS|LL@li\.org|YEAR-MO-DA|FIRST AUTHOR|DESCRIPTIVE TITLE")
OURS = ("# Copyright (C) ", "# This file is distributed under the same ")


def extract(complaint: str = "make po: the chapters do not build; no catalog was touched") -> None:
    """Write the templates (.pot) of every chapter; Sphinx's complaints end the run."""
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "gettext", "-c", "."]
    done = subprocess.run([*command, "-d", DOCTREES, "book", POT], cwd=editions.ROOT)
    if done.returncode:
        raise SystemExit(complaint)
    for path in POT.rglob("*.pot"):  # Sphinx leaves the template of a chapter that is gone
        if not chapter_of(path.relative_to(POT)).exists():
            path.unlink()


def chapter_of(name: Path) -> Path:
    """Return the chapter of a catalog or a template, by its path below their folder."""
    return (editions.ROOT / "book" / name).with_suffix(".md")


def refuse_broken(wanted: list[str]) -> None:
    """End the run where a catalog cannot be read whole: what is not read would be lost."""
    found = [fault for code in wanted for fault in unreadable(code)]
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        raise SystemExit("make po: mend that first; no catalog was touched")


def unreadable(language: str) -> list[Fault]:
    """Return what hides translations from whoever reads a language's catalogs."""
    faults = [fault for path in catalogs_of(language) for fault in read(path)[1]]
    return [fault for fault in faults if fault.text not in HARMLESS]


def refresh(language: str, *, new: bool = False) -> tuple[list[Path], list[str]]:
    """Bring a language's files up to date, or make all that it needs.

    Returns what changed, and of each translation that went along with its text, from where to
    where.
    """
    remove_leftovers(LOCALE / language)
    made, moved = chapters(language)
    model, words = (LOCALE / code / "LC_MESSAGES" / INTERFACE for code in (SOURCE, language))
    if new or words.exists():
        made[words] = interface(model, words, language)
    first, terms = (LOCALE / code / "terms.csv" for code in (FIRST, language))
    if new or (terms.exists() and terms != first):
        made[terms] = with_terms_of(first, terms)
    return [path for path, text in made.items() if write_if_changed(path, text)], moved


def chapters(language: str) -> tuple[dict[Path, bytes], list[str]]:
    """Return what each chapter's catalog should be, by its path, and what moved between them.

    sphinx-intl changes a catalog where its messages are no longer the template's.
    """
    folder = LOCALE / language / "LC_MESSAGES"
    names = [path.relative_to(POT).with_suffix("") for path in sorted(POT.glob("**/*.pot"))]
    with tempfile.TemporaryDirectory() as scratch:
        pots, pos = Path(scratch, "pot"), Path(scratch, language, "LC_MESSAGES")
        made = {}
        for name in names:
            pot, po = (name.with_suffix(suffix) for suffix in (".pot", ".po"))
            is_stale = set(msgids(folder / po)) != set(msgids(POT / pot))
            made[folder / po] = (pos if is_stale else folder) / po
            if is_stale:
                copy(POT / pot, pots / pot)
                copy(folder / po, pos / po)
                clean(pos / po)
        if pots.exists():
            update_with_sphinx_intl(scratch, pots, language)
        homeless = without_text(language) if pots.exists() else {}
        moved: list[str] = []
        texts = {}
        for path, updated in made.items():
            catalog = renewed(updated, path, language)
            moved += take_along(catalog, path, homeless)
            order = msgids(POT / path.relative_to(folder).with_suffix(".pot"))
            texts[path] = text_of(in_order(catalog, order, language), language, path)
        return texts, moved


def without_text(language: str) -> dict[str, tuple[str, Path]]:
    """Return each translation whose text is in its chapter no more, with the catalog it is in."""
    folder = LOCALE / language / "LC_MESSAGES"
    found = {}
    for path in catalogs_of(language, LOCALE):
        if path.name == INTERFACE:
            continue
        here = set(msgids(POT / path.relative_to(folder).with_suffix(".pot")))
        catalog = load(path, language)
        for message in [*catalog, *catalog.obsolete.values()]:
            key = str(message.id)
            if key and message.string and not message.fuzzy and key not in here:
                found[key] = (str(message.string), path)
    return found


def take_along(catalog: Catalog, path: Path, homeless: dict[str, tuple[str, Path]]) -> list[str]:
    """Give a text that came from another chapter its translation; say of each from where."""
    said = []
    for message in catalog:
        key = str(message.id)
        if key in homeless and (message.fuzzy or not message.string):
            message.string, source = homeless[key]
            message.flags.discard("fuzzy")
            message.previous_id = []
            if source != path:
                said.append(f'"{" ".join(key.split()[:6])}": {source.name} -> {path.name}')
    return said


def in_order(catalog: Catalog, order: list[str], language: str) -> Catalog:
    """Return a catalog whose messages stand as the chapter's texts do."""
    places = {text: place for place, text in enumerate(order)}
    made = Catalog(locale=language)
    known = [message for message in catalog if message.id]
    for message in sorted(known, key=lambda each: places.get(str(each.id), len(places))):
        made[message.id] = message
    made.obsolete = catalog.obsolete
    return made


def update_with_sphinx_intl(locale: str, templates: Path, language: str) -> None:
    """Bring a folder of catalogs to the messages of their templates."""
    from sphinx_intl.basic import update  # starting it costs more than reading all catalogs

    with contextlib.redirect_stdout(StringIO()):  # it names files of a folder that is soon gone
        update(locale, str(templates), [language], line_width=WIDTH)


def msgids(path: Path) -> list[str]:
    """Return the source texts of a catalog or a template in order, none if it is not there."""
    return [entry.msgid for entry in read(path)[0]] if path.exists() else []


def copy(source: Path, target: Path) -> None:
    """Copy a file, if it is there, into folders that need not be there yet."""
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def clean(path: Path) -> None:
    """Take out of a catalog what sphinx-intl could not read."""
    if path.exists():
        path.write_text(readable(path.read_text(encoding="utf-8-sig")), encoding="utf-8")


def write_if_changed(path: Path, text: bytes) -> bool:
    """Write a file whole, unless it says the same already; tell whether it did not."""
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, text)
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed run had written beside a catalog and not yet put in its place."""
    for path in folder.rglob(".*.po.*"):
        if re.fullmatch(r"\..+\.po\.[0-9a-f]{8}", path.name):  # not what an editor keeps there
            path.unlink()


def renewed(path: Path, old: Path, language: str) -> Catalog:
    """Return a catalog in its one form: no places or flags but fuzzy, previous msgids kept.

    `old` is the catalog before this run; it need not exist.
    """
    catalog = load(path, language)
    if old.exists():
        before = catalog if path == old else load(old, language)
        take_back(catalog, before)
        forget_obsolete(catalog, before)
    keep_previous(catalog, read(old)[0] if old.exists() else [])
    for message in catalog:
        message.flags &= {"fuzzy"}
    return catalog


def credits_of(path: Path) -> tuple[str, str]:
    """Return the comments and the fields of a catalog's header that are its translators' own."""
    entries = read(path)[0] if path.exists() else []
    header = next((entry for entry in entries if not entry.msgid), Entry(0))
    title, *rest = [each for each in header.comments if each.startswith("# ")] or [""]
    ours = re.fullmatch(r"# .* translation of .*", title)
    kept = [each for each in ([] if ours else [title]) + rest if not each.startswith(OURS)]
    comments = [f"{each}\n" for each in kept if each and not BLANK.search(each)]
    fields = [each[0] for each in CREDITS.finditer(header.msgstr)]
    named = [each for each in fields if not re.search(r"X-Source-Language|: *$", each)]
    return "".join(comments), "".join(
        f'"{quoted(each)}\\n"\n' for each in named if not BLANK.search(each)
    )


def quoted(text: str) -> str:
    """Return a text as it stands between quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def text_of(catalog: Catalog, language: str, old: Path) -> bytes:
    """Return a catalog as the file that holds it, with the credits of the one before."""
    comments, fields = credits_of(old)
    header = HEADER.format(
        credits=comments,
        source=SOURCE.partition("_")[0],
        name=Locale.parse(language).english_name,
        project=editions.PROJECT,
        author=editions.AUTHOR,
        code=language,
        plural_forms=Catalog(locale=language).plural_forms.rstrip(";"),
    )
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, no_location=True, omit_header=True, include_previous=True)
    # Babel wraps a previous msgid like a comment, in the middle of its quotes.
    previous = iter([each.previous_id[0] for each in catalog if each.previous_id])
    text = re.sub(
        r"(?m)(^#\| .*\n)+", lambda _: commented(next(previous)), body.getvalue().decode()
    )
    return (header + fields + "\n" + text.strip("\n") + "\n").encode()


def commented(previous: str) -> str:
    """Return a previous msgid as comments, wrapped like any other."""
    lines = f"msgid {normalize(previous, width=WIDTH - len('#| '))}".split("\n")
    return "".join(f"#| {line}\n" for line in lines)


def take_back(catalog: Catalog, before: Catalog) -> None:
    """Give a text that is in the book again the translation it had when it left."""
    for message in catalog:
        key = str(message.id)
        left = before.obsolete.get(key)
        if left and left.string and (message.fuzzy or not message.string):
            message.string = left.string
            message.flags = set(left.flags)
            catalog.obsolete.pop(key, None)


def forget_obsolete(catalog: Catalog, before: Catalog) -> None:
    """Keep the translation of a text that left the book until its chapter changes once more.

    So it is at hand when a text was split or moved within a chapter, and never piles up; an
    untranslated one is dropped at once.
    """
    has_changed = {each.id for each in catalog} != {each.id for each in before}
    for key, message in list(catalog.obsolete.items()):
        if not message.string or (has_changed and key in before.obsolete):
            del catalog.obsolete[key]


def keep_previous(catalog: Catalog, old: list[Entry]) -> None:
    """Give each fuzzy entry the msgid its translation was made for.

    sphinx-intl does not record it, and Babel reads a recorded one as a plain comment.
    """
    before = {entry.msgid: entry for entry in old}
    translated = [entry for entry in old if entry.msgid and entry.msgstr]
    made_for = {entry.msgstr: entry for entry in translated}
    # Of two texts with one translation it was made for the one that is no longer there.
    now = {message.id for message in catalog}
    made_for |= {entry.msgstr: entry for entry in translated if entry.msgid not in now}
    for message in catalog:
        message.user_comments = [each for each in message.user_comments if each[:1] != "|"]
        message.previous_id = []
        if not (message.id and message.fuzzy):
            continue
        if (same := before.get(str(message.id))) and same.msgstr:
            previous = same.previous  # fuzzy before this run: what was recorded still holds
        else:
            entry = made_for.get(str(message.string or ""))
            previous = entry.msgid if entry else ""
        message.previous_id = [previous] if previous else []


def interface(model: Path, path: Path, language: str) -> bytes:
    """Return a language's words of the interface: those of the model, which is written by hand.

    A word that is not translated yet is Sphinx's own in that language, if Sphinx has one.
    """
    known = [sphinx_words(language), *([load(path, language)] if path.exists() else [])]
    catalog = Catalog(locale=language)
    for word in load(model, SOURCE):
        if not word.id:
            continue
        strings = [found.string for each in known if (found := each.get(word.id))]
        made = catalog.add(word.id, auto_comments=word.auto_comments)
        made.user_comments = word.user_comments
        made.string = next((each for each in reversed(strings) if any(each or ())), made.string)
    return text_of(catalog, language, path)


def sphinx_words(language: str) -> Catalog:
    """Return Sphinx's own catalog of a language, without what would print wrong."""
    locales = Path(sphinx.__file__).parent / "locale"
    found = Catalog(locale=language)
    for code in (language.partition("_")[0], language):
        path = locales / code / "LC_MESSAGES" / INTERFACE
        for word in load(path, language) if path.exists() else ():
            if word.id and not word.fuzzy and keeps_placeholders(word):
                found[word.id] = word
    return found


def keeps_placeholders(word: Message) -> bool:
    """Tell whether a word's translation keeps what is filled in."""
    if not isinstance(word.id, str):
        return True
    return not placeholders(Entry(0, [], {"msgid": word.id, "msgstr": str(word.string)}))


def main() -> int:
    """Refresh every translation of the book."""
    codes = {edition.code for edition in editions.TRANSLATIONS} | set(languages())
    wanted = sorted(codes - {SOURCE})
    refuse_broken([*wanted, SOURCE])
    extract()
    for language in wanted:
        report(language, *refresh(language))
    return 0


def report(language: str, changed: list[Path], moved: list[str]) -> None:
    """Print which of a language's files changed, what moved, and what no chapter uses."""
    print(f"{language}: {len(changed)} files changed")
    for path in changed:
        print(f"  {path.relative_to(editions.ROOT)}")
    for each in moved:
        print(f"  moved along: {each}")
    folder = LOCALE / language / "LC_MESSAGES"
    for path in catalogs_of(language, LOCALE):
        if path.name != INTERFACE and not chapter_of(path.relative_to(folder)).exists():
            print(f"  {path.relative_to(editions.ROOT)}: its chapter is gone; delete it")
