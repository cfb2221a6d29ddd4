"""A new language is one command away, and from then on every verb and format knows it."""

import re
import sys
import tomllib
import zipfile

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from import_karo.languages.catalogs import check
from shared_fixtures import contents_of

DEVANAGARI = re.compile("[\u0900-\u0963\u0966-\u097f]+")  # without the danda
WORDS = {
    "Kitaab": "किताब",
    "Ek chapter": "एक अध्याय",
    "Pehla `code` hai, aur yeh {term}`module` hai.": "पहला `code` है, और यह {term}`module` है।",
    "Ek file.": "एक फ़ाइल।",
    "Language": "भाषा",
}


def start(book, code):
    return book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "language", code)


@pytest.fixture
def translate():
    """Give a function that fills in translations of a language."""

    def write(book, code, words):
        for path in book.root.glob(f"locale/{code}/LC_MESSAGES/*.po"):
            text = path.read_text(encoding="utf-8")
            for source, target in words.items():
                text = text.replace(
                    f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"'
                )
            path.write_text(text, encoding="utf-8")

    return write


def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def files(book):
    return {path: path.read_bytes() for path in (book.root / "locale").rglob("*.*")}


def test_a_new_language_gets_catalogs_terms_interface_words_and_an_entry(small_book):
    small_book.write(
        "locale/en/terms.csv", "term,translation,forbidden,note\nghar,home,,a folder\n"
    )
    done = start(small_book, "mr")
    assert done.returncode == 0, done.stderr
    folder = small_book.root / "locale/mr"
    names = {path.name for path in folder.rglob("*.*")}
    assert names == {"chapter.po", "glossary.po", "index.po", "sphinx.po", "terms.csv"}
    assert (folder / "terms.csv").read_text().endswith("note\nghar,,,a folder\n")
    assert 'msgid "Toggle table of contents sidebar"\nmsgstr ""' in (
        folder / "LC_MESSAGES/sphinx.po"
    ).read_text(encoding="utf-8")
    entries = tomllib.loads((small_book.root / "locale/editions.toml").read_text("utf-8"))[
        "edition"
    ]
    new = entries[-1]
    assert (new["code"], new["folder"], new["name"]) == ("mr", "marathi", "मराठी")
    assert new["released"] is False
    assert [fault for path in folder.rglob("*.po") for fault in check.faults(path)] == []


def test_a_second_run_changes_nothing(small_book):
    start(small_book, "mr")
    before = files(small_book)
    done = start(small_book, "mr")
    assert "mr: 0 files changed" in done.stdout
    assert files(small_book) == before


def test_a_run_that_was_killed_is_finished_by_the_next(small_book):
    start(small_book, "mr")
    whole = files(small_book)
    listed = small_book.root / "locale/editions.toml"
    listed.write_bytes(listed.read_bytes().partition(b"\n# Translate")[0])
    (small_book.root / "locale/mr/terms.csv").unlink(missing_ok=True)
    (small_book.root / "locale/mr/LC_MESSAGES/index.po").unlink()
    small_book.write("locale/mr/LC_MESSAGES/.index.po.0123abcd", "half")
    start(small_book, "mr")
    assert files(small_book) == whole


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "which? For Marathi: make language L=mr"),
        ("hi", "write L=hi_Deva"),
        ("mr-IN", "with an underscore: L=mr_IN"),
        ("zz", "do not know zz"),
        ("ur", "ur is written from right to left"),
        ("hi_Latn", "the chapters are written in Hinglish"),
        ("../en", "is no code of a language"),
    ],
)
def test_what_cannot_be_a_new_language_is_refused_and_nothing_is_made(small_book, code, said):
    before = files(small_book)
    done = start(small_book, code)
    assert done.returncode == 1
    assert said in done.stderr
    assert files(small_book) == before


def test_two_languages_never_share_a_folder(small_book):
    listed = small_book.root / "locale/editions.toml"
    listed.write_text(listed.read_text().replace('folder = "english"', 'folder = "marathi"'))
    done = start(small_book, "mr")
    assert done.returncode == 1
    assert "en has the folder marathi already" in done.stderr


def test_a_new_language_stands_in_every_format_and_leaves_hinglish_as_it_was(small_book, translate):
    make = [sys.executable, "-m", "import_karo.verbs.build", "html", "epub", "pdf"]
    assert start(small_book, "hi_Deva").returncode == 0
    translate(small_book, "hi_Deva", WORDS)
    done = small_book.run(*make)
    assert done.returncode == 0, done.stderr
    out = small_book.root / "build"
    page = (out / "html/hindi/chapter.html").read_text(encoding="utf-8")
    assert '<html class="no-js" lang="hi-Deva"' in page
    for words in ("एक अध्याय", "और यह", "भाषा", "खोज"):  # the last is Sphinx's own
        assert words in page
    assert contents_of(out / "html/hindi/index.html")[-2:] == ["1. एक अध्याय", "2. Shabd"]
    with zipfile.ZipFile(out / "epub/import-karo-hindi.epub") as book:
        assert "एक अध्याय" in book.read("chapter.xhtml").decode()
    pdf = pypdfium2.PdfDocument(out / "pdf/import-karo-hindi.pdf")
    text = "".join(leaf.get_textpage().get_text_range() for leaf in pdf)
    assert "अध्याय" in text

    # What is not translated yet is said on its page, marked, and counted on a page of its own.
    glossary = parsed(out / "html/hindi/glossary.html")
    notice = glossary.select_one(".completeness")
    assert notice.get_text().startswith("33 % of this page is translated; the rest is in Hinglish.")
    assert [link["href"] for link in notice.select("a")] == [
        "../hinglish/glossary.html",
        "translations.html",
    ]
    assert [each.get_text() for each in glossary.select("dt.untranslated")] == ["module#"]
    assert 'class="completeness"' not in page
    assert "untranslated" not in page
    counted = parsed(out / "html/english/translations.html")
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in counted.select('table[aria-labelledby="translations-hi-Deva"] tbody tr')
    ]
    assert rows == [
        ["Kitaab", "50", "1", "0", "1", "2"],
        ["Ek chapter", "100", "2", "0", "0", "9"],
        ["Shabd", "33", "1", "0", "2", "4"],
    ]

    hinglish = parsed(out / "html/hinglish/chapter.html")
    assert hinglish.select_one('.language-switch a[href="../hindi/chapter.html"]')
    for switch in hinglish.select(".language-switch, .sidebar-switch"):
        switch.decompose()
    assert DEVANAGARI.findall(str(hinglish)) == []
    front = (out / "html/index.html").read_text(encoding="utf-8")
    assert 'href="hindi/index.html"' in front
    status = small_book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-status").stdout
    assert re.search(r"^hi_Deva +done", status, re.MULTILINE)


def test_another_code_of_a_language_is_refused_with_the_one_to_write(small_book):
    done = start(small_book, "mar")
    assert done.returncode == 1
    assert "mar is mr, of which there must be one; write L=mr" in done.stderr


def take_out(book, code):
    command = [sys.executable, "-m", "import_karo.verbs.catalogs", "language"]
    return book.run(*command, "--out", code)


def test_a_language_can_be_taken_out_again_and_nothing_is_lost(small_book, translate):
    listed = small_book.root / "locale/editions.toml"
    before = listed.read_text()
    start(small_book, "mr")
    translate(small_book, "mr", {"Ek chapter": "\u090f\u0915"})
    done = take_out(small_book, "mr")
    assert done.returncode == 0, done.stderr
    assert listed.read_text() == before
    assert not (small_book.root / "locale/mr").exists()
    kept = small_book.root / "build/cache/removed/mr-1/LC_MESSAGES/chapter.po"
    assert "\u090f\u0915" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "said"), [("en", "en is released"), ("ta", "no language ta")])
def test_a_language_that_is_released_or_not_there_is_not_taken_out(small_book, code, said):
    done = take_out(small_book, code)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_language_without_a_font_stops_nobody_else(small_book, translate):
    start(small_book, "bn")
    translate(small_book, "bn", {"Ek chapter": "\u098f\u0995"})
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "pdf", "html")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("no font of the book has") == 1
    assert "left out, see above; not released yet" in done.stderr
    made = sorted(path.name for path in (small_book.root / "build/pdf").iterdir())
    assert made == [
        "import-karo-english.pdf",
        "import-karo-hinglish.pdf",
        "import-karo-parallel.pdf",
    ]
    front = (small_book.root / "build/html/index.html").read_text(encoding="utf-8")
    assert "draft, 14 % translated" in front
    page = parsed(small_book.root / "build/html/english/chapter.html")
    assert "(draft)" in page.select_one(".language-switch").get_text()
