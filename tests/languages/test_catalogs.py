"""The catalogs: every fault is named with its line, and no correct catalog is."""

import difflib
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from import_karo.core import editions
from import_karo.languages import catalogs
from import_karo.languages.catalogs import check, status, syntax, write
from shared_fixtures import CHAPTER, GLOSSARY, SOURCES, Book, copy_project

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalog(tmp_path):
    """Give a function that writes a catalog of one message and returns its faults as text."""

    def write_one(msgid, msgstr, before="", name="x.po"):
        path = tmp_path / name
        escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in (msgid, msgstr)]
        escaped = [text.replace("\n", "\\n") for text in escaped]
        entry = 'msgid "{}"\nmsgstr "{}"\n'.format(*escaped)
        path.write_text(HEADER + before + entry, encoding="utf-8")
        return [str(fault) for fault in check.faults(path)]

    return write_one


CORRECT = [
    ("Ek `module` yahan.", "A `module` here."),
    ("`a` aur `b`", "`b` and `a`"),
    ("Dekhiye {ref}`modules`.", "See {ref}`modules`."),
    ("{ref}`Yahan <modules>`", "{ref}`here <modules>`"),
    ("{term}`module` hai", "a {term}`Module <module>`"),
    ("{term}`Terminal <terminal>` kholiye", "Open a {term}`terminal`."),
    ("[yahan](https://example.in)", "[here](https://example.in)"),
    ("**Zaroori** hai", "This is **important**."),
    ("Note[^a] hai", "A note[^a]"),
    ("` x ` wahi hai", "The same: `x`"),
    ("100% sahi, {naam} bhi", "100% right, {name} too"),
    ("3.11 aur usse naye", "3.11 and later"),
    ("tag `<b>` hai", "the tag `<b>`"),
    ("Yeh {index}`baat` hai", "This {index}`talk` is"),
    ("{numref}`Taalika %s <tab-x>` dekhiye", "See {numref}`table %s <tab-x>`"),
    ("[naam]{#mera .big}", "[name]{#mera .big}"),
    ("Ek[^a] aur do[^b]", "One[^a] and two[^b]"),
    ("2027 mein", "In 2027"),
    ("module; kya hota hai", "module; what it is"),
    ("__name__", "__name__"),
]


@pytest.mark.parametrize(("msgid", "msgstr"), CORRECT)
def test_a_correct_translation_is_never_a_fault(catalog, msgid, msgstr):
    assert catalog(msgid, msgstr) == []


WRONG = [
    ("Ek `module`", "A `modul`", "the code `module` is not in the translation"),
    ("Ek `module`", "A module", "the code `module` is not in the translation"),
    ("Ek module", "A `module`", "the code `module` is not in the source"),
    ("Ek `module`", "A `module", "a backtick without its partner"),
    ("Ek `x`", "A ` x`", "the code ` x` is not in the source"),
    ("`a` `a`", "`a`", "the code `a` is not in the translation"),
    ("**Zaroori**", "Important", "bold text (**...**) is lost"),
    ("Dekhiye {ref}`modules`", "See modules", "{ref}`modules` is lost"),
    ("{ref}`modules`", "{ref}`packages`", "{ref}`packages` is not in the source"),
    ("{ref}`yahan <modules>`", "{reff}`here <modules>`", "{reff}`modules` is not in the source"),
    ("{term}`module`", "{term}`class`", "{term}`class` is not in the source"),
    ("[yahan](https://a.in)", "[here](https://b.in)", "the link to https://a.in is lost"),
    ("![dabba](x.svg)", "box", "the picture x.svg is lost"),
    ("Note[^a]", "A note", "the footnote [^a] is lost"),
    ("Ek line", "A <b>line</b>", "raw HTML <b>"),
    ("Ek line", "<div>A line</div>", "raw HTML"),
    ("Ek line", "A line.\n\nAnd another.", "a second paragraph"),
    ("Ek line", "- A line", "a list; write \\- for"),
    ("Ek line", "16. A line", "a numbered list"),
    ("Ek line", "# A line", "a heading"),
    ("Ek line", "> A line", "a quotation"),
    ("Ek line", "     A line", "a code block"),
    ("Ek line", "```\nA line\n```", "a code block"),
    ("Ek line", ":::{note}\nA line\n:::", "a block"),
    ("Ek line", "---", "a line"),
    ("Ek line", "(label)=", "a label"),
    ("Ek line", "% A line", "a comment"),
    ("Ek line", "[^a]: A line", "a footnote"),
    ("Ek line", " ", "is not one paragraph"),
    ("Yeh {index}`baat` hai", "This talk is", "{index} is lost"),
    (
        "{numref}`Taalika %s <tab-x>`",
        "{numref}`the table <tab-x>`",
        "%s of {numref}`tab-x` is lost",
    ),
    ("[naam]{#mera}", "name", "mera in curly brackets is lost"),
    ("[yahan](#x){.big}", "[here](#x)", "big in curly brackets is lost"),
    ("Ek[^a] aur do[^b]", "Two[^b] and one[^a]", "the footnotes stand in another order"),
    ("1. Pehla kadam", "1. First step", "the source begins like a block"),
    ("- Pehla", "", "the source begins like a block"),
]


@pytest.mark.parametrize(("msgid", "msgstr", "said"), WRONG)
def test_what_would_print_wrong_is_a_fault_with_its_line(catalog, msgid, msgstr, said):
    found = catalog(msgid, msgstr)
    assert found
    assert all("x.po:5: " in line for line in found)
    assert any(said in line for line in found), found
    assert " ".join(msgid.split()[:6]) in found[0]


@pytest.mark.parametrize(
    ("flags", "is_fuzzy"),
    [
        ("#, fuzzy", True),
        ("#, no-wrap, fuzzy", True),
        ("#= fuzzy", True),
        ("#=, fuzzy", True),
        ("#, fuzzy-logic-format", False),
        ("# fuzzy", False),
    ],
)
def test_a_flag_line_of_any_gettext_says_what_is_fuzzy(catalog, flags, is_fuzzy):
    assert (catalog("Ek `module`", "A module", f"{flags}\n") == []) == is_fuzzy


@pytest.mark.parametrize("before", ["#, fuzzy\n", '#~ msgid "x"\n#~ msgstr "`y`"\n\n'])
def test_fuzzy_and_obsolete_entries_are_not_checked(catalog, before):
    assert (catalog("Ek `module`", "A module", before) == []) == ("fuzzy" in before)


def test_an_empty_translation_is_no_fault(catalog):
    assert catalog("Ek `module`", "") == []


ENTRY = b'msgid "Ek"\nmsgstr "One"\n'
FORM = [
    (b'msgid "Ek\nmsgstr "One"\n', 5, 'must stand in "quotes"'),
    (b'msgid "Ek"\nmsgstr "O"ne"\n', 6, '\\" for a quote inside'),
    (b'msgid "Ek"\nmsgstr "One\\q"\n', 6, "unknown escape \\q"),
    (b"<<<<<<< ours\n" + ENTRY, 5, "a merge conflict is left"),
    (ENTRY + b"=======\n", 7, "a merge conflict is left"),
    (ENTRY + b"\n" + ENTRY, 8, "the same msgid as line 5"),
    (b'msgctxt "here"\n' + ENTRY, 6, "has a msgctxt"),
    (b'msgid "Ek"\nmsgid_plural "Do"\nmsgstr[0] "One"\n', 5, "plural forms"),
    (b'msgid "Ek"\n', 5, "needs both"),
    (b"One\n" + ENTRY, 5, "neither a comment nor a keyword"),
    (ENTRY.replace(b"\n", b"\r\n"), 5, "CRLF"),
    (b'msgid "Ek"\nmsgstr "\xe9"\n', 6, "is not UTF-8"),
    (b'msgid "Ek"\nmsgstr "O\x0bne"\n', 6, "the character U+000B, which no page can show"),
    (b'msgid "Ek"\nmsgstr "O\x1bne"\n', 6, "the character U+001B"),
]


@pytest.mark.parametrize(("data", "line", "said"), FORM)
def test_a_broken_file_is_a_fault_with_its_line(tmp_path, data, line, said):
    path = tmp_path / "x.po"
    path.write_bytes(HEADER.encode() + data)
    found = [str(fault) for fault in check.faults(path)]
    assert any(f"x.po:{line}: " in each and said in each for each in found), found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf" + HEADER.encode() + ENTRY, "byte order mark"),
        (ENTRY, "no header"),
        (b"", "the file is empty; restore it"),
        (HEADER.replace("UTF-8", "latin-1").encode() + ENTRY, "charset=UTF-8"),
    ],
)
def test_a_file_that_starts_wrong_is_a_fault(tmp_path, data, said):
    path = tmp_path / "x.po"
    path.write_bytes(data)
    assert said in str(check.faults(path)[0])


def test_the_checker_reads_like_the_book_does():
    namespace: dict[str, list[str]] = {}
    text = (editions.ROOT / "conf.py").read_text()
    exec(text[text.index("myst_enable_extensions") :].split("\n")[0], namespace)
    assert set(namespace["myst_enable_extensions"]) == check.MYST_EXTENSIONS


# --- compiling ---


@pytest.fixture
def locale(tmp_path):
    folder = tmp_path / "locale/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "x.po").write_bytes(HEADER.encode() + ENTRY)
    return tmp_path / "locale"


def test_a_catalog_is_compiled_when_its_bytes_change_and_only_then(locale):
    path, compiled = locale / "en/LC_MESSAGES/x.po", locale / "en/LC_MESSAGES/x.mo"
    assert catalogs.compile_language("en", locale) == []
    first = compiled.stat().st_mtime_ns
    assert catalogs.compile_language("en", locale) == []
    assert compiled.stat().st_mtime_ns == first
    old = path.stat()
    path.write_bytes(HEADER.encode() + ENTRY.replace(b"One", b"Two"))
    import os

    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))  # as a restored backup has it
    assert catalogs.compile_language("en", locale) == []
    assert b"Two" in compiled.read_bytes()


def test_the_mo_of_a_deleted_catalog_goes_too(locale):
    catalogs.compile_language("en", locale)
    (locale / "en/LC_MESSAGES/x.po").unlink()
    catalogs.compile_language("en", locale)
    assert list(locale.glob("en/LC_MESSAGES/*")) == []


def test_a_faulty_catalog_is_not_compiled_and_the_old_form_stays(locale):
    catalogs.compile_language("en", locale)
    path = locale / "en/LC_MESSAGES/x.po"
    before = path.with_suffix(".mo").read_bytes()
    path.write_bytes(HEADER.encode() + b'msgid "Ek"\nmsgstr "# One"\n')
    assert len(catalogs.compile_language("en", locale)) == 1
    assert path.with_suffix(".mo").read_bytes() == before


def test_a_folder_named_hi_is_refused_because_gettext_would_mix_it_in(locale):
    (locale / "hi").mkdir()
    assert "hi_Deva" in str(catalogs.compile_language("en", locale)[0])


def test_a_checkout_that_cannot_be_written_is_one_sentence(monkeypatch):
    def refuse(_language):
        raise OSError(30, "Read-only file system", "locale/en/LC_MESSAGES/chapter.mo")

    monkeypatch.setattr(catalogs.compiled, "compile_language", refuse)
    config = SimpleNamespace(language="en")
    said = r"chapter\.mo: Read-only file system: catalogs are compiled beside their sources"
    with pytest.raises(catalogs.compiled.CatalogError, match=said):
        catalogs.compiled.compile_for_build(None, config)


# --- make po ---


def po_files(book):
    return {path.name: path.read_text() for path in (book.root / "locale/en").rglob("*.po")}


def canonical(path):
    return write.text_of(write.renewed(path, path, "en"), "en", path)


def make_po(book):
    done = book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_make_po_writes_what_is_missing_and_then_nothing(small_book):
    assert "en: 3 files changed" in make_po(small_book)
    first = po_files(small_book)
    assert sorted(first) == ["chapter.po", "glossary.po", "index.po"]
    assert "#:" not in first["chapter.po"]
    assert "POT-Creation-Date" not in first["chapter.po"]
    assert "en: 0 files changed" in make_po(small_book)
    assert po_files(small_book) == first


def test_one_changed_paragraph_is_one_fuzzy_entry_with_its_previous_text(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    text = path.read_text().replace(
        'msgid "Pehla `code` hai, aur yeh {term}`module` hai."\nmsgstr ""',
        'msgid "Pehla `code` hai, aur yeh {term}`module` hai."\n'
        'msgstr "First some `code`, and this is a {term}`module`."',
    )
    path.write_text(text)
    chapter = small_book.root / "book/chapter.md"
    chapter.write_text(chapter.read_text().replace("Pehla `code`", "Sabse pehla `code`"))
    make_po(small_book)
    after = path.read_text()
    assert "#, fuzzy\n" in after
    assert '#| msgid "Pehla `code` hai, aur yeh {term}`module` hai."' in after
    assert after.count("fuzzy") == 1
    make_po(small_book)
    assert path.read_text() == after
    assert [fault.text for fault in check.faults(path)] == []


def test_guessed_format_flags_are_dropped(small_book):
    small_book.write("book/chapter.md", "# Ek\n\n100% sahi, {term}`module` bhi.\n")
    make_po(small_book)
    assert "-format" not in po_files(small_book)["chapter.po"]


def test_plain_sphinx_intl_works_too(small_book):
    make_po(small_book)
    command = [sys.executable, "-m", "sphinx_intl", "update", "-p", "build/gettext"]
    done = small_book.run(*command, "-d", "locale", "-l", "en")
    assert done.returncode == 0, done.stderr
    assert "Not Changed" in done.stdout
    assert not (small_book.root / "locale/en/LC_MESSAGES/sphinx.po").exists()


def test_the_committed_catalogs_are_what_make_po_writes(tmp_path):
    book = copy_project(tmp_path / "copy", *SOURCES)
    before = po_files(book)
    out = make_po(book)
    assert po_files(book) == before, f"run `make po`:\n{out}"


def entries_of(book, name="chapter"):
    return book.root / f"locale/en/LC_MESSAGES/{name}.po"


def fill_in(path, msgid, msgstr):
    text = path.read_text()
    filled = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    assert filled != text
    path.write_text(filled)


def test_a_text_that_left_is_kept_until_its_chapter_changes_again(small_book):
    page, catalog_ = small_book.root / "book/chapter.md", entries_of(small_book)
    page.write_text(page.read_text() + "\nJaane wala 1.\n\nBina anuvaad, aur bahut alag.\n")
    make_po(small_book)
    fill_in(catalog_, "Jaane wala 1.", "Leaving, number one.")
    page.write_text(CHAPTER)
    make_po(small_book)
    kept = catalog_.read_text()
    assert '#~ msgid "Jaane wala 1."\n#~ msgstr "Leaving, number one."' in kept
    assert "Bina anuvaad" not in kept
    make_po(small_book)
    assert catalog_.read_text() == kept
    page.write_text(CHAPTER + "\n`x` yahan hai, `y` wahan.\n")
    make_po(small_book)
    assert "#~" not in catalog_.read_text()


def test_a_text_that_returns_gets_its_translation_back(small_book):
    page, catalog_ = small_book.root / "book/chapter.md", entries_of(small_book)
    page.write_text(CHAPTER + "\nAaj kirana khula hai.\n")
    make_po(small_book)
    fill_in(catalog_, "Aaj kirana khula hai.", "The shop is open today.")
    before = catalog_.read_text()
    page.write_text(CHAPTER)
    make_po(small_book)
    page.write_text(CHAPTER + "\nAaj kirana khula hai.\n")
    make_po(small_book)
    assert catalog_.read_text() == before


def test_a_run_that_ends_at_any_moment_leaves_whole_catalogs(small_book, monkeypatch):
    """The moments: before and after each file is put in its place."""
    make_po(small_book)
    small_book.write("book/chapter.md", CHAPTER.replace("Pehla", "Naya"))
    small_book.write("book/glossary.md", GLOSSARY.replace("Ek file", "Ek nayi file"))
    old = po_files(small_book)
    shutil.copytree(small_book.root, small_book.root.parent / "finished")
    finished = Book(small_book.root.parent / "finished")
    make_po(finished)
    new = po_files(finished)
    assert {name for name in new if new[name] != old[name]} == {"chapter.po", "glossary.po"}
    monkeypatch.setattr(write, "LOCALE", small_book.root / "locale")
    monkeypatch.setattr(write, "POT", finished.root / "build/gettext")
    put = Path.replace
    for moment in range(4):
        for name, text in old.items():
            entries_of(small_book, name[:-3]).write_text(text)
        done = []

        def put_or_die(path, target, done=done, moment=moment):
            done.append(path)
            if len(done) * 2 - 2 == moment:
                raise KeyboardInterrupt
            put(path, target)
            if len(done) * 2 - 1 == moment:
                raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", put_or_die)
        with pytest.raises(KeyboardInterrupt):
            write.refresh("en")
        found = po_files(small_book)
        assert all(found[name] in (old[name], new[name]) for name in old)
    monkeypatch.undo()
    make_po(small_book)
    assert po_files(small_book) == new
    assert not list(small_book.root.glob("locale/**/.*"))


def test_one_paragraph_of_the_book_is_one_entry_of_one_catalog_of_each_language(tmp_path):
    book = copy_project(tmp_path / "copy", *SOURCES)
    shutil.copytree(book.root / "locale/en", book.root / "locale/eo")
    assert "0 files changed" in make_po(book).partition("en:")[2]
    before = {path: path.read_text() for path in book.root.glob("locale/*/LC_MESSAGES/*.po")}
    page = book.root / "book/modules.md"
    text = page.read_text()
    old = "Par `bill` toh bagal wali file mein likha hai."
    assert text.count(old) == 1
    page.write_text(text.replace(old, "Par `bill` bagal ki file mein hai."))
    make_po(book)
    changes = {
        path.relative_to(book.root / "locale").as_posix(): list(
            difflib.unified_diff(text.split("\n"), path.read_text().split("\n"), n=0)
        )[2:]
        for path, text in before.items()
        if path.read_text() != text
    }
    codes = {"eo", *(each.code for each in editions.TRANSLATIONS)}
    assert sorted(changes) == [f"{code}/LC_MESSAGES/modules.po" for code in sorted(codes)]
    for lines in (changes[f"{code}/LC_MESSAGES/modules.po"] for code in ("en", "eo")):
        kinds = Counter(line[:2] for line in lines)
        # Marked, its old text of three lines kept as a comment, its new one on one line.
        del kinds["@@"]
        assert kinds == {"+#": 4, "-m": 1, '-"': 2, "+m": 1}, lines
    assert "0 files changed" in make_po(book).partition("en:")[2]


UNTRANSLATED = 'msgid "Ek chapter"\nmsgstr ""'
CONFLICT = """
<<<<<<< HEAD
msgstr "One"
=======
msgstr "A one"
>>>>>>> theirs
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (UNTRANSLATED, 'msgid "Ek chapter"' + CONFLICT, "a merge conflict is left"),
        (UNTRANSLATED, 'msgid "Ek chapter"\nmsgstr "One', "must stand in"),
        (None, "", "the file is empty; restore it"),
        (None, HEADER + "# caf\xe9\n", "is not UTF-8"),
    ],
    ids=["a conflict", "a quote", "no bytes", "latin-1"],
)  # fmt: skip
@pytest.mark.parametrize("verb", [("po",), ("language", "mr")])
def test_a_catalog_that_cannot_be_read_whole_is_left_as_it_is(small_book, old, new, said, verb):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    text = path.read_text()
    assert old is None or old in text
    path.write_bytes((text.replace(old, new) if old else new).encode("latin-1"))
    before = {each: each.read_bytes() for each in small_book.root.glob("locale/**/*.*")}
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", *verb)
    assert done.returncode == 1
    assert re.search(rf"locale/en/LC_MESSAGES/chapter\.po:\d+: .*{said}", done.stderr)
    assert "no catalog was touched" in done.stderr
    assert {each: each.read_bytes() for each in small_book.root.glob("locale/**/*.*")} == before


@pytest.mark.parametrize(
    "line",
    [
        '"PO-Revision-Date: \\n"', '"POT-Creation-Date: 2026-11-22T10:00:00Z\\n"',
        '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"',
        '"Plural-Forms: nplurals=2; "\n"plural=(n != 1);\\n"',
    ],
)  # fmt: skip
def test_what_a_header_says_of_dates_and_plurals_stops_no_verb(small_book, line):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    fill_in(path, "Ek chapter", "A chapter")
    clean = path.read_text()
    path.write_text(clean.replace('"Language: en\\n"', f'"Language: en\\n"\n{line}'))
    assert catalogs.compile_language("en", small_book.root / "locale") == []
    small_book.write(
        "book/chapter.md", (small_book.root / "book/chapter.md").read_text() + "\nNaya.\n"
    )
    make_po(small_book)
    assert line not in path.read_text()
    assert 'msgstr "A chapter"' in path.read_text()
    assert [each.msgid for each in syntax.read(path)[0]][-1] == "Naya."


def test_files_that_editors_keep_beside_a_catalog_are_neither_read_nor_removed(small_book):
    make_po(small_book)
    folder = small_book.root / "locale/en/LC_MESSAGES"
    small_book.write("locale/en/LC_MESSAGES/.chapter.po.swp", "vim")
    (folder / ".#chapter.po").symlink_to("somebody@somewhere.1234")  # leads nowhere
    make_po(small_book)
    assert (folder / ".chapter.po.swp").read_text() == "vim"
    assert (
        small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check").returncode
        == 0
    )


def test_each_of_two_texts_with_one_translation_keeps_its_own_previous_text(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    old = '\n#, fuzzy\n#| msgid "Purana"\nmsgid "Ek chapter"\nmsgstr "One"\n'
    text = re.sub(r'\nmsgid "Ek chapter"\nmsgstr ""\n', lambda _: old, path.read_text())
    path.write_text(text + '\nmsgid "Doosra"\nmsgstr "One"\n')
    assert '#| msgid "Purana"' in canonical(path).decode()


def header_of(path):
    return path.read_text().partition("\n\n")[0]


def test_credits_and_comments_of_translators_stay(small_book):
    make_po(small_book)
    path = entries_of(small_book)
    plain = path.read_text()
    text = plain.replace(
        'msgid ""\n',
        '# Translators:\n# Zoya Khan <zoya@example.in>, 2026\n#\nmsgid ""\n', 1
    ).replace(
        '"Language: en\\n"\n',
        '"Language: en\\n"\n"Last-Translator: Zoya \\"Zo\\" Khan <zoya@example.in>\\n"\n'
        '"Language-Team: \\n"\n"X-Generator: Poedit 3.2.2\\n"\n',
    )  # fmt: skip
    path.write_text(text)
    make_po(small_book)
    header = header_of(path)
    assert "# Zoya Khan <zoya@example.in>, 2026\n" in header
    assert r'"Last-Translator: Zoya \"Zo\" Khan <zoya@example.in>\n"' in header
    assert '"X-Generator: Poedit 3.2.2' in header
    assert "Language-Team" not in header  # it says nothing
    assert header.count("X-Source-Language: hi") == 1
    once = path.read_text()
    chapter = small_book.root / "book/chapter.md"
    chapter.write_text(chapter.read_text() + "\nEk aur baat.\n")
    make_po(small_book)
    assert header_of(path) == header
    chapter.write_text(CHAPTER)
    make_po(small_book)
    assert path.read_text() == once


def test_what_gettext_puts_for_a_name_is_no_credit(small_book):
    make_po(small_book)
    path = entries_of(small_book)
    before = path.read_text()
    filled = '"Language: en\\n"\n"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
    path.write_text(before.replace('"Language: en\\n"\n', filled))
    make_po(small_book)
    assert path.read_text() == before


def test_the_order_is_that_of_the_chapter_whatever_a_program_sorted(small_book):
    page = small_book.root / "book/chapter.md"
    page.write_text(CHAPTER + "\nZara rukiye.\n\nAage chaliye.\n")
    make_po(small_book)
    path = entries_of(small_book)
    first = path.read_text()
    header, *entries = first.rstrip("\n").split("\n\n")
    path.write_text("\n\n".join([header, *sorted(entries)]) + "\n")
    make_po(small_book)
    assert path.read_text() == first
    page.write_text(CHAPTER + "\nAage chaliye.\n\nZara rukiye.\n")
    make_po(small_book)
    text = path.read_text()
    assert text.index("Aage chaliye") < text.index("Zara rukiye")


def with_second(book, chapter, second):
    book.write("book/index.md", "# Kitaab\n\n```{toctree}\nchapter\nsecond\nglossary\n```\n")
    book.write("book/chapter.md", chapter)
    book.write("book/second.md", second)
    return make_po(book)


def test_a_paragraph_that_moves_to_another_chapter_takes_its_translation_along(small_book):
    text = "Aaj kirana khula hai."
    with_second(small_book, f"{CHAPTER}\n{text}\n", "# Doosra\n\nKuch aur hi baat.\n")
    fill_in(entries_of(small_book), text, "The shop is open today.")
    said = with_second(small_book, CHAPTER, f"# Doosra\n\nKuch aur hi baat.\n\n{text}\n")
    assert f'moved along: "{text}": chapter.po -> second.po' in said
    moved = f'msgid "{text}"\nmsgstr "The shop is open today."'
    assert moved in entries_of(small_book, "second").read_text()


def test_a_text_that_stands_in_two_chapters_does_not_move(small_book):
    text = "Aaj kirana khula hai."
    with_second(small_book, f"{CHAPTER}\n{text}\n", "# Doosra\n\nKuch.\n")
    fill_in(entries_of(small_book), text, "The shop is open today.")
    said = with_second(small_book, f"{CHAPTER}\n{text}\n", f"# Doosra\n\n{text}\n")
    assert "moved along" not in said


def test_a_renamed_chapter_finds_its_translations_again_and_the_old_catalog_is_named(small_book):
    with_second(small_book, CHAPTER, "# Doosra\n\nAaj kirana khula hai.\n")
    fill_in(entries_of(small_book, "second"), "Aaj kirana khula hai.", "The shop is open today.")
    (small_book.root / "book/second.md").rename(small_book.root / "book/doosra.md")
    index = small_book.root / "book/index.md"
    index.write_text(index.read_text().replace("second", "doosra"))
    said = make_po(small_book)
    assert "The shop is open today." in entries_of(small_book, "doosra").read_text()
    assert "locale/en/LC_MESSAGES/second.po: its chapter is gone; delete it" in said
    entries_of(small_book, "second").unlink()
    make_po(small_book)
    # Its template of an earlier run brings it back no more.
    assert not entries_of(small_book, "second").exists()
    assert po_check(small_book).returncode == 0


def po_check(book):
    return book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check")


def test_a_chapter_in_a_folder_has_a_catalog_in_a_folder(small_book):
    index = small_book.root / "book/index.md"
    index.write_text(index.read_text().replace("chapter\n", "chapter\npart/gehra\n"))
    small_book.write("book/part/gehra.md", "# Gehra\n\nKuch.\n")
    make_po(small_book)
    assert entries_of(small_book, "part/gehra").exists()
    done = po_check(small_book)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "part/gehra"
        in small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-status").stdout
    )


# --- the verbs ---


def test_po_check_says_where_a_text_stands_in_no_chapter(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    fill_in(path, "Ek chapter", "A chapter")
    path.write_text(path.read_text().replace('msgid "Ek chapter"', 'msgid "Ek chaptar"'))
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check")
    assert done.returncode == 0, done.stdout
    assert 'chapter.po:14: "Ek chaptar": no chapter has this text' in done.stdout


def test_po_check_names_the_faults_of_catalogs_when_the_chapters_do_not_build(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    fill_in(path, "Ek chapter", "# One")
    small_book.write("book/chapter.md", "# Ek chapter\n\n{ref}`nowhere`\n")
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check")
    assert done.returncode == 1
    assert '"Ek chapter": the translation turns into a heading' in done.stdout
    assert "book:1: make po-check: the chapters do not build" in done.stdout


def test_po_check_names_each_fault_and_fails(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    path.write_text(path.read_text().replace('msgid "Ek chapter"\nmsgstr ""',
                                             'msgid "Ek chapter"\nmsgstr "# One"'))  # fmt: skip
    (path.parent / "gone.po").write_text(HEADER)
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check")
    assert done.returncode == 1
    assert "locale/en/LC_MESSAGES/chapter.po:" in done.stdout
    assert '"Ek chapter": the translation turns into a heading' in done.stdout
    assert "gone.po:1: there is no chapter book/gone.md" in done.stdout
    assert (
        small_book.run(
            sys.executable, "-m", "import_karo.verbs.catalogs", "po-check", "mr"
        ).returncode
        == 1
    )


@pytest.mark.parametrize("released", ["true", "false"])
def test_a_fuzzy_message_is_a_fault_where_the_language_is_released(small_book, released):
    make_po(small_book)
    path = entries_of(small_book)
    path.write_text(path.read_text().replace(
        'msgid "Ek chapter"\nmsgstr ""', '#, fuzzy\nmsgid "Ek chapter"\nmsgstr "One"'
    ))  # fmt: skip
    listed = small_book.root / "locale/editions.toml"
    text = listed.read_text()
    start, mark, english = text.partition('code = "en"')
    assert "released = true" in english
    listed.write_text(
        start + mark + english.replace("released = true", f"released = {released}", 1)
    )
    done = po_check(small_book)
    assert ("fuzzy, so readers see the source" in done.stdout) == (released == "true")
    assert done.returncode == (1 if released == "true" else 0)


def test_advice_stands_above_the_faults_and_can_be_answered_for_good(small_book):
    small_book.write("book/chapter.md", CHAPTER + "\nKya 3 log aaye? Ghar chaliye ab.\n\nDoosra.\n")
    make_po(small_book)
    path = entries_of(small_book)
    fill_in(path, "Kya 3 log aaye? Ghar chaliye ab.", "Did people come? Let us all go home.")
    fill_in(path, "Doosra.", "- Two.")
    said = po_check(small_book).stdout
    assert said.index("advice: ") < said.index("turns into a list")
    path.write_text(path.read_text().replace('msgid "Kya', '# advice: ok\nmsgid "Kya'))
    make_po(small_book)
    assert "the number 3" not in po_check(small_book).stdout


def test_po_status_counts_every_message(small_book):
    make_po(small_book)
    path = small_book.root / "locale/en/LC_MESSAGES/glossary.po"
    text = path.read_text().replace('msgid "Shabd"\nmsgstr ""', 'msgid "Shabd"\nmsgstr "Words"')
    text = text.replace('msgid "module"\n', '#, fuzzy\nmsgid "module"\n')
    path.write_text(text)
    assert status.count(path) == status.Count(1, 1, 1, 4)
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-status")
    assert [line.split() for line in done.stdout.splitlines() if "glossary" in line] == [
        ["glossary", "1", "1", "1", "4", "33"]
    ]


def test_a_chapter_without_a_catalog_or_with_a_broken_one_is_not_complete(small_book):
    make_po(small_book)
    entries_of(small_book, "index").unlink()
    entries_of(small_book).write_text("")
    small_book.write("book/glossary.md", GLOSSARY + "\nNaya paragraph hai.\n")
    out = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-status").stdout
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert rows["index"] == ["0", "0", "2", "2", "0"]
    assert rows["chapter"][:3] == ["0", "0", "2"]
    assert rows["glossary"][:3] == ["0", "0", "4"]
    assert "chapter.po cannot be read: make po-check L=en" in out


def test_a_page_says_that_a_new_text_is_not_translated(small_book):
    make_po(small_book)
    for msgid, msgstr in (("Ek chapter", "A chapter"), ("Pehla `code` hai", "First `code`")):
        path = entries_of(small_book)
        text = path.read_text()
        line = next(each for each in text.split("\n") if each.startswith(f'msgid "{msgid}'))
        target = line.replace("msgid", "msgstr").replace(msgid, msgstr)
        path.write_text(text.replace(f'{line}\nmsgstr ""', f"{line}\n{target}"))
    assert small_book.sphinx("whole", "-D", "language=en").returncode == 0
    assert "completeness" not in (small_book.root / "whole/chapter.html").read_text()
    chapter = (small_book.root / "book/chapter.md").read_text()
    small_book.write("book/chapter.md", chapter + "\nNaya paragraph hai.\n")
    assert small_book.sphinx("out", "-D", "language=en").returncode == 0
    page = (small_book.root / "out/chapter.html").read_text()
    assert '<p class="completeness" lang="en">66 % of this page' in page
    assert '<span class="untranslated-note" lang="en"> (not translated yet)' in page


def test_a_catalog_saved_by_polib_or_poedit_stays_without_fault(tmp_path):
    """Their habits: no blank line at the end, other wrapping, flags, dates, X-Generator."""
    path = Path(tmp_path, "x.po")
    path.write_text(
        '#\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"X-Generator: Poedit 3.4\\n"\n\n#, python-brace-format, no-wrap\n#| msgid "Do"\n'
        'msgid ""\n"Ek `module` "\n"hai"\nmsgstr "It is a `module`"',
        encoding="utf-8",
    )
    assert check.faults(path) == []
    entries = syntax.read(path)[0]
    assert (entries[1].line, entries[1].msgid) == (9, "Ek `module` hai")
    assert canonical(path).endswith(b'msgstr "It is a `module`"\n')


def test_a_template_is_never_made_from_our_own_pages(small_book):
    write_pot = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", ".", "book", "pot"]
    done: subprocess.CompletedProcess[str] = small_book.run(*write_pot)
    assert done.returncode == 0
    assert sorted(path.name for path in (small_book.root / "pot").glob("*.pot")) == [
        "chapter.pot", "glossary.pot", "index.pot",
    ]  # fmt: skip
