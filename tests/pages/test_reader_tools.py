"""What a reader of the pages has at hand: examples to take along, folded answers, definitions."""

import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from import_karo.pages import downloads
from transcripts.sandbox import ROOT


@pytest.fixture
def book(small_book):
    """Return a small book, built."""
    done = small_book.sphinx()
    assert done.returncode == 0, done.stderr
    return small_book


def parsed(book, name="chapter", out="out"):
    return BeautifulSoup(book.page(name, out), "html.parser")


# --- examples ---


def test_each_listing_leads_to_a_zip_of_its_example_as_a_reader_would_type_it(built):
    top = built.root / "build/html/english"
    for page in top.glob("*.html"):
        captions = BeautifulSoup(page.read_text(), "html.parser").select(".code-block-caption")
        for caption in captions:
            (link,) = caption.select("a.example-zip")
            assert link["aria-label"] == f"Download this example: {link['href'].split('/')[-1]}"
            path = caption.select_one("code").get_text()
            with zipfile.ZipFile(top / link["href"]) as example:
                names = example.namelist()
            assert [name for name in names if name.endswith(path.rpartition("/")[2])], path
            assert not [name for name in names if name.endswith((".console", ".pycon", ".pyc"))]
            assert f"{link['href'].split('/')[-1][:-4]}/MIT.txt" in names


def test_a_downloaded_example_runs(built, tmp_path):
    top = built.root / "build/html/hinglish/_downloads"
    with zipfile.ZipFile(top / "modules/tea_stall.zip") as example:
        example.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=tmp_path / "tea_stall", capture_output=True, text=True
    )
    recorded = (ROOT / "code/modules/tea_stall/run.console").read_text()
    assert done.stdout
    assert done.stdout in recorded


@pytest.mark.parametrize(
    ("file", "example"),
    [
        ("chapter/hello/main.py", "chapter/hello"),
        ("chapter/exercises/sum/start/shop/bill.py", "chapter/exercises/sum/start"),
        ("chapter/exercises/guess/shop/bill.py", "chapter/exercises/guess"),
        ("chapter/exercises/guess/main.py", "chapter/exercises/guess"),
    ],
)
def test_an_example_to_download_is_whole(file, example):
    assert downloads.example_of(downloads.CODE / file) == downloads.CODE / example


def test_all_examples_are_one_download_on_every_page(built):
    for page in (built.root / "build/html/parallel").glob("*.html"):
        links = BeautifulSoup(page.read_text(), "html.parser").select(".footer-links a")
        addresses = [link["href"] for link in links]
        assert addresses[0] == "_downloads/import-karo-code.zip"
        assert (page.parent / addresses[0]).exists()
        assert addresses[1] == "../index.html#parallel"


def test_a_page_built_alone_offers_no_format_that_is_not_there(book):
    texts = [link.get_text() for link in parsed(book).select(".footer-links a")]
    assert texts == ["Saare examples (zip)", "Anuvaad"]


# --- answers ---


def test_the_answers_of_a_book_stand_once_in_epub_and_pdf(built):
    with zipfile.ZipFile(built.root / "build/epub/import-karo-english.epub") as epub:
        chapters = [epub.read(name).decode() for name in epub.namelist() if "modules" in name]
    assert chapters
    assert not [text for text in chapters if "<details" in text]


@pytest.mark.parametrize("folder", ["hinglish", "english", "parallel"])
def test_every_chapter_with_exercises_folds_their_answers(built, folder):
    pages = {
        page.stem
        for page in (built.root / f"build/html/{folder}").glob("*.html")
        if BeautifulSoup(page.read_text(), "html.parser").select("details.fold-answer")
    }
    assert pages == {path.parent.name for path in (ROOT / "code").glob("*/exercises")}


# --- definitions ---


def test_a_changed_definition_is_shown_on_the_pages_that_borrow_it(book):
    glossary = (book.root / "book/glossary.md").read_text()
    book.write("book/glossary.md", glossary.replace("Ek file.", "Ek nayi file."))
    assert book.sphinx().returncode == 0
    assert "Ek nayi file." in parsed(book).select_one("#definition-term-module").get_text()


def test_a_page_has_the_definitions_of_its_terms_and_of_no_other(book):
    (definition,) = parsed(book).select("[popover]")
    assert definition["id"] == "definition-term-module"
    words = " ".join(definition.get_text(" ").split())
    assert words == "module Shabdkosh Ek file."
    assert definition.select_one("a")["href"] == "glossary.html#term-module"
    assert parsed(book, "index").select("[popover]") == []


def test_definitions_lead_to_places_that_are_there(built):
    for page in (built.root / "build/html").glob("*/*.html"):
        tree = BeautifulSoup(page.read_text(), "html.parser")
        for link in tree.select("[popover] a[href]"):
            name, _, anchor = link["href"].partition("#")
            assert name, f"{page}: {link}"
            if name == "glossary.html":
                assert f'id="{anchor}"' in (page.parent / name).read_text()


# --- above the editions ---


def test_the_first_page_offers_each_edition_in_every_format(built):
    top = built.root / "build/html"
    page = BeautifulSoup((top / "index.html").read_text(), "html.parser")
    for folder in ("hinglish", "english", "parallel"):
        links = page.select(f"#{folder} .formats a")
        assert [re.sub(r"[\d.]+", "N", link.get_text()) for link in links] == [
            "EPUB (N MB)",
            "PDF (N MB)",
        ]
        for link in links:
            assert (top / link["href"]).stat().st_size > 100_000


def test_without_other_formats_the_first_page_offers_none(small_book):
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 0, done.stderr
    assert 'class="formats"' not in small_book.page("index", "build/html")
    assert not (small_book.root / "build/html/files").exists()


def test_an_address_that_is_not_there_gets_a_page_in_both_languages(built):
    page = BeautifulSoup((built.root / "build/html/404.html").read_text(), "html.parser")
    assert page.select_one('[lang="en"]').get_text().startswith("This page is not here")
    assert page.select_one("a#home")["href"] == "/"
    assert any("hinglish|english|parallel" in each.get_text() for each in page.select("script"))


def test_a_zip_holds_what_a_reader_would_type_and_goes_with_its_example(small_book):
    for name in (".DS_Store", ".main.py.swp", "__pycache__/main.pyc"):
        small_book.write(f"code/chapter/hello/{name}", "x")
    small_book.write("code/chapter/spare/main.py", "")
    small_book.write("code/chapter/outputs/run.console", "$ ls\n")
    assert small_book.sphinx().returncode == 0
    zips = small_book.root / "out/_downloads/chapter"
    assert {each.name for each in zips.iterdir()} == {"hello.zip", "spare.zip"}
    with zipfile.ZipFile(zips / "hello.zip") as example:
        assert example.namelist() == ["hello/main.py", "hello/MIT.txt"]
    (small_book.root / "code/chapter/spare/main.py").unlink()
    assert small_book.sphinx().returncode == 0
    assert {each.name for each in zips.iterdir()} == {"hello.zip"}


def test_the_path_above_a_listing_may_break_after_a_slash_and_nowhere_else(small_book):
    assert small_book.sphinx().returncode == 0
    page = BeautifulSoup(small_book.page("chapter"), "html.parser")
    paths = page.select(".code-block-caption code")
    assert [path.get_text() for path in paths] == ["hello/main.py"]
    for path in paths:
        before = [place.previous_sibling.get_text() for place in path.select("wbr")]
        assert before == ["/"] * path.get_text().count("/")


# --- once the book has an address ---

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = "https://example.org/book/"


@pytest.fixture
def addressed(small_book):
    """Give a small book that has an address."""
    conf = (small_book.root / "conf.py").read_text()
    small_book.write("conf.py", conf.replace('site_address = ""', f'site_address = "{ADDRESS}"'))
    return small_book


def test_a_book_with_an_address_has_a_sitemap_and_says_what_a_link_to_it_shows(addressed):
    done = addressed.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 0, done.stderr
    listed = {
        url.find(f"{SITEMAP}loc").text: {each.get("hreflang"): each.get("href") for each in url
                                         if "hreflang" in each.attrib}
        for url in ElementTree.parse(addressed.root / "build/html/sitemap.xml").getroot()
    }  # fmt: skip
    built = [path.relative_to(addressed.root / "build/html").as_posix()
             for path in (addressed.root / "build/html").glob("*/*.html")]  # fmt: skip
    assert set(listed) == {ADDRESS + page for page in built if not page.endswith("/search.html")}
    assert listed[f"{ADDRESS}hinglish/chapter.html"] == {
        "hi-Latn": f"{ADDRESS}hinglish/chapter.html",
        "en": f"{ADDRESS}english/chapter.html",
    }
    for folder in ("hinglish", "english", "parallel"):
        head = BeautifulSoup(addressed.page("chapter", f"build/html/{folder}"), "html.parser").head
        url = f"{ADDRESS}{folder}/chapter.html"
        assert head.select_one('[rel="canonical"]')["href"] == url
        said = {each["property"]: each["content"] for each in head.select("meta[property]")}
        assert said["og:url"] == url
        assert said["og:title"] == "1. Ek chapter"
        assert len(said["og:description"]) > 10
    lost = BeautifulSoup(addressed.page("404", "build/html"), "html.parser")
    assert lost.select_one("a#home")["href"] == ADDRESS
    assert lost.select_one('[rel="icon"]')["href"] == f"{ADDRESS}icon.svg"


def test_a_book_without_an_address_invents_none(built):
    pages = built.root / "build/html"
    assert not (pages / "sitemap.xml").exists()
    assert [path for path in pages.rglob("*.html")
            if re.search('rel="canonical"|property="og:', path.read_text())] == []  # fmt: skip


@pytest.mark.parametrize("address", ["example.org", "https://example.org/book"])
def test_an_address_that_would_give_wrong_links_is_refused(addressed, address):
    conf = (addressed.root / "conf.py").read_text()
    addressed.write("conf.py", conf.replace(ADDRESS, address))
    done = addressed.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 1
    assert re.search(r"conf\.py:\d+: site_address: write https://", done.stderr)
    assert not (addressed.root / "build/html").exists()
