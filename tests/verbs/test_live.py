"""`make live`: what is saved is rebuilt and shown; an error is shown in the page, and not lost."""

import pytest
from import_karo.verbs import live

from verbs.preview import Preview


@pytest.fixture
def preview(small_book):
    """Give a function that starts the preview of an edition."""
    started = []

    def start(edition):
        started.append(Preview(small_book.root, edition))
        return started[-1]

    yield start
    for each in started:
        each.stop()


ENTRY = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Ek chapter"
msgstr "{}"
"""
CATALOG = "locale/en/LC_MESSAGES/chapter.po"


def test_a_save_is_shown_whether_chapter_catalog_listing_or_style_sheet(small_book, preview):
    shown = preview("en")
    assert "Pehla" in shown.page()
    chapter = (small_book.root / "book/chapter.md").read_text()
    for path, text, seen, page in (
        ("book/chapter.md", chapter.replace("Pehla", "Naya"), "Naya", "chapter.html"),
        (CATALOG, ENTRY.format("A chapter"), "A chapter", "chapter.html"),
        ("code/chapter/hello/main.py", "print(7000)\n", "7000", "chapter.html"),
        ("book/_static/book.css", "/* seen */", "/* seen */", "_static/book.css"),
    ):
        small_book.write(path, text)
        version = shown.next_version()
        assert seen in shown.page(page)
    assert f'"{version}"' in shown.page()


def test_a_broken_catalog_is_shown_in_the_page_over_the_last_good_one(small_book, preview):
    small_book.write(CATALOG, ENTRY.format("A chapter"))
    shown = preview("en")
    small_book.write(CATALOG, ENTRY.format("# A `heading`"))
    shown.next_version()
    page = shown.page()
    assert 'role="alert"' in page
    small_book.write("book/_static/book.css", "/* while it is broken */")
    shown.next_version()
    page = shown.page()
    assert 'role="alert"' in page
    assert "chapter.po:5: " in page
    assert "turns into a heading" in page
    assert "A chapter" in page
    small_book.write(CATALOG, ENTRY.format("One chapter"))
    shown.next_version()
    assert "One chapter" in shown.page()
    assert 'role="alert"' not in shown.page()
    assert "chapter.po:5: " in shown.stop()[1]


@pytest.mark.parametrize(
    "path", ["locale/editions.toml", "book/_ext/import_karo/directives/listings.py"]
)
def test_what_ends_the_builder_is_said_and_the_next_save_starts_another(small_book, preview, path):
    shown = preview("en")
    whole = (small_book.root / path).read_text()
    small_book.write(path, whole.replace('"', "", 1) + '"')
    shown.next_version()
    assert "The process that builds has ended" in shown.page()
    assert "Pehla" in shown.page()
    small_book.write(path, whole)
    shown.next_version()
    assert 'role="alert"' not in shown.page()
    assert path.rpartition("/")[2] in shown.stop()[1]


def test_a_chapter_that_would_not_build_says_so_in_the_page(small_book, preview):
    shown = preview("")
    chapter = (small_book.root / "book/chapter.md").read_text()
    small_book.write("book/chapter.md", chapter + "\n{ref}`nowhere` <script>\n")
    shown.next_version()
    page = shown.page()
    assert "book/chapter.md:" in page
    assert "nowhere" in page.partition('role="alert"')[2]
    small_book.write("book/chapter.md", chapter)
    shown.next_version()
    assert 'role="alert"' not in shown.page()


def test_a_page_that_is_not_there_reloads_too_and_an_interrupt_ends_quietly(preview):
    shown = preview("parallel")
    page = shown.page("nothing.html")
    assert "EventSource" in page
    assert "make live L=en" in page
    out, errors = shown.stop()
    assert shown.process.returncode == 0
    assert (out, errors) == ("", "")


@pytest.mark.parametrize(
    ("name", "code", "parallel"),
    [("", "hi_Latn", False), ("en", "en", False), ("parallel", "en", True),
     ("parallel-en", "en", True)],
)  # fmt: skip
def test_every_edition_can_be_previewed(name, code, parallel):
    found = live.wanted(name)
    assert (found.code, found.parallel) == (code, parallel)
    assert (" + " in found.name) == parallel


@pytest.mark.parametrize("name", ["eo", "parallel-eo", "parallel-hi_Latn", "English"])
def test_an_edition_that_is_not_in_the_list_is_named(name):
    with pytest.raises(SystemExit, match=f"no edition {name}; there are en, "):
        live.wanted(name)
