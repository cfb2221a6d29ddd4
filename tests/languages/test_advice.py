"""Advice to translators: what looks unlike the source is named, what is fine is not."""

import csv
import sys

import pytest
from babel.messages.pofile import read_po
from import_karo.core import editions
from import_karo.languages import catalogs
from import_karo.languages.catalogs.advice import advice
from import_karo.languages.catalogs.terms import COLUMNS, Term, drift, read_terms, with_terms_of

from languages.test_catalogs import HEADER

TERMS = [Term(2, "dabba", "box", ("container", "tin can"), "a module")]


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


@pytest.fixture
def terms_csv(tmp_path):
    """Give a function that writes a term base of some lines."""

    def write(*lines):
        path = tmp_path / "terms.csv"
        path.write_text("\n".join([",".join(COLUMNS), *lines, ""]), encoding="utf-8")
        return path

    return write


def test_a_term_base_is_read_and_one_without_a_translation_is_being_made(terms_csv):
    path = terms_csv("dabba,box,container;tin,", "katori,,,a name")
    assert read_terms(path) == (
        [Term(2, "dabba", "box", ("container", "tin"), ""), Term(3, "katori", "", (), "a name")],
        [],
    )


def test_without_a_file_there_are_no_terms(tmp_path):
    assert read_terms(tmp_path / "terms.csv") == ([], [])


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "the first line must be term,translation,forbidden,note"),
        (b"words\n", 1, "the first line must be"),
        (b"term,translation,forbidden,note\ndabba,box\n", 2, "write term,translation"),
        (b"term,translation,forbidden,note\n,box,,\n", 2, "write term,translation"),
        (b"term,translation,forbidden,note\nx,y,,\nx,z,,\n", 3, "x stands in line 2 already"),
        (b"term,translation,forbidden,note\nx,\xe9,,\n", 2, "not UTF-8"),
    ],
)
def test_a_term_base_that_is_not_one_is_a_fault_with_its_line(tmp_path, data, line, said):
    path = tmp_path / "terms.csv"
    path.write_bytes(data)
    (fault,) = read_terms(path)[1]
    assert fault.line == line
    assert said in fault.text


def test_a_term_that_the_glossary_calls_otherwise_is_a_fault(terms_csv, tmp_path):
    glossary = tmp_path / "glossary.po"
    entries = (
        'msgid "dabba"\nmsgstr "box"\n\n#, fuzzy\nmsgid "katori"\nmsgstr "dish"\n\n'
        'msgid "thali"\nmsgstr "thali"\n\nmsgid "Yeh ek dabba hai."\nmsgstr "This is a box."\n'
    )
    glossary.write_text(HEADER + entries)
    assert drift(terms_csv("dabba,box,,", "katori,bowl,,", "thali,thali,,"), glossary) == []
    assert drift(terms_csv("Dabba,box,,"), glossary) == []
    (lacking,) = drift(terms_csv("mez,table,,"), glossary)
    assert str(lacking).endswith(
        'terms.csv:1: dabba is "box" in glossary.po:5 and has no line here; add dabba,box,,'
    )
    (empty,) = drift(terms_csv("dabba,,,"), glossary)
    assert 'dabba is "" here and "box" in glossary.po:5' in str(empty)
    assert drift(tmp_path / "none.csv", glossary)
    (fault,) = drift(terms_csv("mez,table,,", "dabba,tin,,"), glossary)
    assert str(fault).endswith(
        'terms.csv:3: dabba is "tin" here and "box" in glossary.po:5; write the same'
    )


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Dabba hai.", "\u0921\u092c\u094d\u092c\u093e \u0939\u0948\u0964"),
        ("Kya hai?", "\u0915\u094d\u092f\u093e \u0939\u0948\uff1f"),
        ("12 cups", "\u0967\u0968 \u0915\u092a"),
        ("Woh wahi hai", "\u0935\u0939 \u0935\u0939\u0940 \u0939\u0948"),
    ],
    ids=["a danda", "a wide question mark", "digits", "a word that begins like the one before"],
)
def test_what_is_right_in_another_script_draws_no_advice(advised, msgid, msgstr):
    assert advised(msgid, msgstr) == []


def test_a_doubled_word_is_seen_in_any_script(advised):
    assert advised("Woh hai", "\u0935\u0939\u0940 \u0935\u0939\u0940 \u0939\u0948") != []


def test_a_term_base_gets_the_terms_it_lacks_and_keeps_its_own(terms_csv, tmp_path):
    model = tmp_path / "model.csv"
    model.write_text(terms_csv("dabba,box,,", 'katori,bowl,,"a, name"').read_text())
    path = terms_csv("apna,own,,", "dabba,doosra,,")
    before = path.read_bytes()
    path.write_bytes(with_terms_of(model, path))
    assert path.read_bytes() == before + b'katori,,,"a, name"\n'
    assert with_terms_of(model, path) == path.read_bytes()


def test_advice_never_fails_po_check_and_a_forbidden_word_is_advice(small_book):
    terms = f"{','.join(COLUMNS)}\nparagraph,passage,chunk,\n"
    small_book.write("locale/en/terms.csv", terms)
    entry = 'msgid "Ek paragraph."\nmsgstr "A chunk."\n'
    small_book.write("locale/en/LC_MESSAGES/chapter.po", HEADER + entry)
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'chapter.po:5: "Ek paragraph.": "chunk" for paragraph' in done.stdout


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_glossary_and_term_base_agree(edition):
    """A term of the glossary with a name of its own in a language stands in its term base."""
    folder = catalogs.LOCALE / edition.code
    terms = {term.term: term.translation for term in read_terms(folder / "terms.csv")[0]}
    with (folder / "LC_MESSAGES/glossary.po").open("rb") as file:
        glossary = {each.id: each.string for each in read_po(file) if each.id}
    names = {name: glossary[name] for name in glossary if len(name.split()) < 4 and "." not in name}
    renamed = {
        name: said for name, said in names.items() if said not in ("", name) and name.islower()
    }
    assert renamed or not edition.released
    assert {name: terms.get(name) for name in renamed} == renamed
    assert drift(folder / "terms.csv", folder / "LC_MESSAGES/glossary.po") == []
    if edition.released:
        assert [name for name, translation in terms.items() if not translation] == []


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_every_term_of_the_base_is_used_by_the_book(edition):
    path = catalogs.LOCALE / edition.code / "terms.csv"
    text = " ".join(each.read_text() for each in (editions.ROOT / "book").glob("*.md")).casefold()
    with path.open(newline="") as file:
        assert [row[0] for row in list(csv.reader(file))[1:] if row[0] not in text] == []
