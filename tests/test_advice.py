"""Advice to translators: what looks unlike the source is named, what is fine is not."""

import csv
import sys

import catalogs
import editions
import pytest
from babel.messages.pofile import read_po
from catalogs.advice import COLUMNS, Term, advice, term_base
from test_catalogs import HEADER

TERMS = [Term("dabba", "box", ("container", "tin can"), "a module")]


@pytest.fixture
def advised(tmp_path):
    """Give a function that writes a catalog of one message and returns the advice on it."""

    def write(msgid, msgstr):
        path = tmp_path / "x.po"
        quoted = (text.replace('"', '\\"') for text in (msgid, msgstr))
        path.write_text(HEADER + 'msgid "{}"\nmsgstr "{}"\n'.format(*quoted), encoding="utf-8")
        return [str(each).partition(": ")[2] for each in advice(path, TERMS)]

    return write


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Daam 12 rupaye hai, `x1` mein 7.", "The price is 12 rupees, in `x1` it is 7."),
        ("Python 3.13 mein", "In Python 3.13"),
        ("Kya hua?", "What happened?"),
        ("*Kya hua?*", "**What happened?**"),
        ("dheere dheere", "bit by bit"),
        ("module 'datetime' has no attribute 'now'", "module 'datetime' has no attribute 'now'"),
        ("Dabba kholiye.", "Open the box."),
        ("`dabba` kholiye.", "Open `dabba`, a container."),
        ("Dabbawala", "A container"),
        ("Haan.", "Yes, that is exactly what it is."),
    ],
)
def test_what_is_fine_gets_no_advice(advised, msgid, msgstr):
    assert advised(msgid, msgstr) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "said"),
    [
        ("Daam 12 rupaye hai.", "The price is 21 rupees.", "the number 12 is not in"),
        ("Naam do baar.", "The the name.", 'the word "The" stands twice'),
        ("Kya hua?", "What happened.", 'the source ends with "?", the translation with "."'),
        ("Yeh file wahi hai", "Yeh file wahi hai", "the translation is the source"),
        ("Yeh ek lamba vaakya hai jismein kai shabd hain.", "Long.", "0.1 times as long"),
        (
            "Dabba kholiye.",
            "Open the Container.",
            '"container" for dabba; the term base says "box"',
        ),
        ("Dabba kholiye.", "Open the tin can.", '"tin can" for dabba'),
    ],
)
def test_what_looks_unlike_the_source_is_named(advised, msgid, msgstr, said):
    (found,) = advised(msgid, msgstr)
    assert said in found


def test_a_term_base_that_is_not_one_is_a_fault_with_its_line(tmp_path):
    path = tmp_path / "terms.csv"
    assert term_base(path) == ([], [])
    path.write_text("words\n")
    assert term_base(path)[1][0].line == 1
    path.write_text(f"{','.join(COLUMNS)}\ndabba,box,container;tin,\nkatori,,,\n")
    terms, faults = term_base(path)
    assert terms == [Term("dabba", "box", ("container", "tin"), "")]
    assert [fault.line for fault in faults] == [3]


def test_advice_never_fails_po_check_and_a_forbidden_word_is_advice(small_book):
    terms = f"{','.join(COLUMNS)}\nparagraph,passage,chunk,\n"
    small_book.write("locale/en/terms.csv", terms)
    entry = 'msgid "Ek paragraph."\nmsgstr "A chunk."\n'
    small_book.write("locale/en/LC_MESSAGES/chapter.po", HEADER + entry)
    done = small_book.run(sys.executable, "-m", "catalogs", "po-check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'chapter.po:5: "Ek paragraph.": "chunk" for paragraph' in done.stdout


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_glossary_and_term_base_agree(edition):
    """A term of the glossary with a name of its own in a language stands in its term base."""
    folder = catalogs.LOCALE / edition.code
    terms = {term.term: term.translation for term in term_base(folder / "terms.csv")[0]}
    with (folder / "LC_MESSAGES/glossary.po").open("rb") as file:
        glossary = {each.id: each.string for each in read_po(file) if each.id}
    names = {name: glossary[name] for name in glossary if len(name.split()) < 4 and "." not in name}
    renamed = {name: said for name, said in names.items() if name != said and name.islower()}
    assert renamed
    assert {name: terms.get(name) for name in renamed} == renamed
    shared = {name: glossary[name] for name in terms if name in glossary}
    assert {name: terms[name] for name in shared} == shared


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_every_term_of_the_base_is_used_by_the_book(edition):
    path = catalogs.LOCALE / edition.code / "terms.csv"
    text = " ".join(each.read_text() for each in (editions.ROOT / "book").glob("*.md")).casefold()
    with path.open(newline="") as file:
        assert [row[0] for row in list(csv.reader(file))[1:] if row[0] not in text] == []
