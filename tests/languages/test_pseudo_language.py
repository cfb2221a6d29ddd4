"""A language in which every message stands in brackets: what has none never reached a catalog."""

import sys

import polib
import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from shared_fixtures import SOURCES, copy_project

OPEN, CLOSE = "\u27e6\u27e7"
CODE = "eo"  # any code that CLDR knows
FOLDER = "esperanto"
# Text that no catalog has, and why. A selector that finds nothing is an error, too.
REASONS = {
    ".highlight": "listings are the same in every language",
    "code": "code is never translated",
    ".flow .code": "nor is the code in a drawing",
    ".letter": "choices have the same letters",
    ".language-switch, .sidebar-switch": "each language is called by its own name",
    ".sidebar-brand-text, .header-center .brand": "the name of the book and of the edition",
    "#translations h2 > span": "a language by its own name",
    ".left-details a[href^='https://']": "the names of the programs that made the page",
}
ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the pages of the book in the pseudo-language."""
    book = copy_project(tmp_path_factory.mktemp("pseudo") / "book", *SOURCES)
    assert (
        book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "language", CODE).returncode
        == 0
    )
    for path in (book.root / "locale" / CODE / "LC_MESSAGES").glob("*.po"):
        file = polib.pofile(str(path))
        for entry in file:
            if entry.msgid_plural:
                entry.msgstr_plural = {0: bracketed(entry.msgid), 1: bracketed(entry.msgid_plural)}
            else:
                entry.msgstr = bracketed(entry.msgid)
        file.save()
    done = book.sphinx(FOLDER, "-D", f"language={CODE}")
    assert done.returncode == 0, done.stderr
    found = {
        path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted((book.root / FOLDER).glob("*.html"))
    }
    assert len(found) > 12
    return found


def bracketed(text):
    """Put a message in brackets, inside of the blanks that it begins and ends with."""
    kept = text.strip()
    return text.replace(kept, f"{OPEN}{kept}{CLOSE}")


def unbracketed(page):
    """Yield the texts of a page that stand in no brackets."""
    depth = 0
    for text in page.body.find_all(string=True):
        if isinstance(text, Comment | Doctype) or text.parent.name in ("script", "style", "title"):
            continue
        outside = []
        for character in text:
            depth += (character == OPEN) - (character == CLOSE)
            outside += [character] if depth == 0 and character != CLOSE else []
        if any(map(str.isalpha, outside)):
            yield text.parent, "".join(outside).strip()


def is_code_alone(element):
    """Tell whether all that a drawing says is code."""
    texts = [each for each in element.find_all(string=True) if each.strip()]
    return element.name == "svg" and all(each.parent.get("class") == ["code"] for each in texts)


def test_every_text_of_every_page_comes_from_a_catalog_or_has_a_reason(pages):
    used, left = set(), []
    for name, page in pages.items():
        excused = {}
        for selector in REASONS:
            for element in page.select(selector):
                excused |= {id(each): selector for each in [element, *element.find_all(True)]}
        for parent, text in unbracketed(page):
            if id(parent) in excused:
                used.add(excused[id(parent)])
            else:
                left.append(f"{name}: {parent.name}: {text}")
    assert not left, "\n".join(left)
    assert set(REASONS) - used == set()


def test_what_a_screen_reader_says_comes_from_a_catalog_too(pages):
    left = [
        f"{name}: {element.name} {attribute}: {value}"
        for name, page in pages.items()
        for attribute in ATTRIBUTES
        for element in page.find_all(attrs={attribute: True})
        if not is_code_alone(element)
        if any(map(str.isalpha, value := element[attribute])) and OPEN not in value
    ]
    assert left == []
