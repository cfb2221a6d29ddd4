"""The parallel edition: every kind of text is paired, every place is one place, nothing is lost."""

import pickle
import re
import sys

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from shared_fixtures import BOX, INDEX

CHAPTER = """\
(chapter)=
# Ek chapter

Pehla [^one] paragraph, {ref}`far` dekhiye, aur [yahan](https://example.org). Phir [^one].

Ek jaisa.

Bina anuvaad.

`sirf_code`

(far)=
## Doosra heading

```{index} single: shabd; andar
```

(code)=
## `import x`

1. Pehli baat

   - Andar ki baat

2. Ek jaisa.

| Naam | Matlab |
|---|---|
| `a` | Pehla matlab |

```{figure} figures/box.svg
:name: fig
:alt: Ek dabba
Dabbe ki tasveer
```

:::{admonition} Dhyaan
1. Dabbe mein

   :::{note}
   Sabse andar {term}`ghar`.
   :::
:::

naam
: matlab yeh

```{literalinclude} ../code/chapter/hello/main.py
```

[^one]: Note ka text.
"""
GLOSSARY = """\
# Shabd

```{glossary}
ghar
  Ek folder.
```
"""
ENGLISH = {
    "chapter": {
        "Ek chapter": "A chapter",
        "Pehla [^one] paragraph, {ref}`far` dekhiye, aur [yahan](https://example.org). "
        "Phir [^one].": "First [^one] paragraph, see {ref}`far`, and [here]"
        "(https://example.org). Again [^one].",
        "Ek jaisa.": "Ek jaisa.",
        "Doosra heading": "Second heading",
        "shabd": "word",
        "andar": "inside",
        "`import x`": "`import x`",
        "Pehli baat": "First thing",
        "Andar ki baat": "Inner thing",
        "Naam": "Name",
        "Matlab": "Meaning",
        "Pehla matlab": "First meaning",
        "Ek dabba": "A box",
        "Dabbe ki tasveer": "Picture of a box",
        "Dhyaan": "Watch out",
        "Dabbe mein": "In the box",
        "Sabse andar {term}`ghar`.": "Innermost {term}`home <ghar>`.",
        "naam": "name",
        "matlab yeh": "means this",
        "Note ka text.": "Text of the note.",
    },
    "glossary": {"Shabd": "Words", "ghar": "home", "Ek folder.": "A folder."},
    "index": {"Kitaab": "Book", "Part I · Neev": "Part I · Foundations"},
}
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def catalog(messages):
    """Return a catalog as text."""
    quoted = ((each.replace('"', '\\"') for each in pair) for pair in messages.items())
    return HEADER + "".join(f'\nmsgid "{one}"\nmsgstr "{two}"\n' for one, two in quoted)


@pytest.fixture
def two_languages(small_book):
    """Give a small book with one of everything, translated but for one paragraph."""
    index = INDEX.replace("Bhaag", "Part I · Neev")
    for name, text in (("chapter", CHAPTER), ("index", index), ("glossary", GLOSSARY)):
        small_book.write(f"book/{name}.md", text)
    small_book.write("book/figures/box.svg", BOX)
    for name, messages in ENGLISH.items():
        small_book.write(f"locale/en/LC_MESSAGES/{name}.po", catalog(messages))
    return small_book


@pytest.fixture
def parallel(two_languages):
    """Give it built as the parallel edition."""
    done = two_languages.sphinx("out", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    return two_languages


@pytest.fixture
def tree(parallel):
    """Give the doctree of the chapter."""
    with (parallel.root / "out/.doctrees/chapter.doctree").open("rb") as file:
        return pickle.load(file)


@pytest.fixture
def page(parallel):
    """Give the chapter's page."""
    return BeautifulSoup(parallel.page("chapter"), "html.parser")


def halves(node):
    """Return the two texts of each pair below a node, wherever it stands."""
    return [tuple(half.astext() for half in pair.children) for pair in pairs(node)]


def pairs(node):
    return [each for each in node.findall(nodes.container) if "pair" in each["classes"]]


def inline_halves(node):
    """Return the two texts of a title, a caption, a term."""
    return tuple(
        each.astext() for each in node.children
        if {"pair-source", "pair-other"} & set(each.get("classes", ()))
    )  # fmt: skip


def in_tags(page, selector):
    """Return the texts of both halves of what a selector finds, with their languages."""
    return [
        [
            (half["lang"], " ".join(half.get_text().split()))
            for half in each.select(".pair-source, .pair-other")
        ]
        for each in page.select(selector)
    ]


# --- every kind of text, on the doctree and on the page ---

PARAGRAPHS = {
    "a list item": ("Pehli baat", "First thing"),
    "a nested list item": ("Andar ki baat", "Inner thing"),
    "a table cell": ("Pehla matlab", "First meaning"),
    "the head of a table": ("Matlab", "Meaning"),
    "a list in a box": ("Dabbe mein", "In the box"),
    "a definition": ("matlab yeh", "means this"),
    "a footnote": ("Note ka text.", "Text of the note."),
}


@pytest.mark.parametrize("kind", PARAGRAPHS)
def test_a_paragraph_stands_beside_its_translation(tree, page, kind):
    assert PARAGRAPHS[kind] in halves(tree)
    found = [[text for _, text in each] for each in in_tags(page, ".pair")]
    assert list(PARAGRAPHS[kind]) in found


def test_a_box_in_a_list_in_a_box_is_paired(tree, page):
    assert ("Sabse andar ghar.", "Innermost home.") in halves(tree)
    inner = page.select(".admonition .admonition .pair a")
    assert [(each["href"], each.get_text()) for each in inner] == [
        ("glossary.html#term-ghar", "ghar"),
        ("glossary.html#term-ghar", "home"),
    ]


@pytest.mark.parametrize(
    ("kind", "selector", "texts"),
    [
        (nodes.title, "h1", ("Ek chapter", "A chapter")),
        (nodes.title, "h2", ("Doosra heading", "Second heading")),
        (nodes.title, ".admonition-title", ("Dhyaan", "Watch out")),
        (nodes.caption, "figcaption .caption-text", ("Dabbe ki tasveer", "Picture of a box")),
        (nodes.term, "dt", ("naam", "name")),
    ],
)
def test_titles_captions_and_terms_hold_both_halves(tree, page, kind, selector, texts):
    assert texts in [inline_halves(node) for node in tree.findall(kind)]
    assert list(zip(("hi-Latn", "en"), texts, strict=True)) in in_tags(page, selector)


def test_glossary_entries_hold_both_languages_at_one_place(parallel):
    page = BeautifulSoup(parallel.page("glossary"), "html.parser")
    assert in_tags(page, "dt#term-ghar") == [[("hi-Latn", "ghar"), ("en", "home")]]
    assert [("hi-Latn", "Ek folder."), ("en", "A folder.")] in in_tags(page, "dd .pair")


def test_what_is_the_same_in_both_languages_stands_once(tree, page):
    text = tree.astext()
    assert text.count("Ek jaisa.") == 2  # the paragraph and the list item
    assert text.count("sirf_code") == 1
    assert text.count("import x") == 1
    assert len(page.select("figure img")) == 1
    assert len(page.select(".highlight")) == 1


def test_a_text_without_a_translation_stands_alone_and_says_so(page):
    (alone,) = page.select("p.untranslated")
    assert alone.get_text() == "Bina anuvaad. (not translated yet)"
    assert alone["lang"] == "hi-Latn"


def test_a_picture_is_told_in_both_languages(page):
    assert page.select_one("figure img")["alt"].replace("\u2002", " ") == "Ek dabba / A box"


def test_a_reference_shows_the_title_of_its_own_column(page):
    texts = [each.get_text() for each in page.select('.pair a[href="#far"]')]
    assert texts == ["Doosra heading", "Second heading"]


def test_footnotes_are_reached_from_both_columns_and_lead_back(page):
    marks = page.select(".pair a.footnote-reference")
    assert [mark.get_text() for mark in marks] == ["[1]"] * 4
    (note,) = page.select("aside.footnote")
    back = {each["href"] for each in note.select(".backrefs a, .label a, span a")}
    assert back == {f"#{mark['id']}" for mark in marks}


def test_the_contents_and_their_captions_hold_both_languages(parallel):
    page = BeautifulSoup(parallel.page("index"), "html.parser")
    caption = page.select_one(".toctree-wrapper .caption-text").get_text()
    assert caption.replace("\u2002", " ") == "Part I · Neev / Foundations"
    parts = [("hi-Latn", "Part I · Neev"), ("en", "Foundations")]
    assert in_tags(page, ".toctree-wrapper .caption-text") == [parts]
    assert in_tags(page, ".sidebar-tree .caption-text") == [parts]
    (first, *_rest) = in_tags(page, ".toctree-wrapper .toctree-l1 > a")
    assert first == [("hi-Latn", "Ek chapter"), ("en", "A chapter")]


def test_the_index_has_the_entries_of_both_languages(parallel):
    text = BeautifulSoup(parallel.page("genindex"), "html.parser").get_text(" ")
    assert re.search(r"shabd\s+andar", text)
    assert re.search(r"word\s+inside", text)


def test_no_place_is_there_twice_and_every_place_is_that_of_the_english_edition(parallel, page):
    done = parallel.sphinx("english", "-D", "language=en")
    assert done.returncode == 0, done.stderr
    english = BeautifulSoup(parallel.page("chapter", "english"), "html.parser")

    def ids(soup):
        found = [each["id"] for each in soup.select("article [id]")]
        assert len(found) == len(set(found))
        return {each for each in found if not re.match(r"index-\d+|id\d+", each)}

    assert ids(page) == ids(english)
    named = {each["id"] for each in page.select("[id]")}
    links = {each["href"][1:] for each in page.select('a[href^="#"]') if len(each["href"]) > 1}
    assert links - named == set()


def test_both_languages_can_be_searched(parallel):
    index = (parallel.root / "out/searchindex.js").read_text()
    for word in ("anuvad", "tasvir", "pictur"):
        assert f'"{word}"' in index or f"{word}:" in index, word


def test_a_picture_with_words_is_shown_in_each_language(two_languages):
    two_languages.write("book/figures/box.en.svg", BOX.replace("h9", "h8"))
    done = two_languages.sphinx("out", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(two_languages.page("chapter"), "html.parser")
    shown = [
        (each["src"].split("/")[-1], each["alt"], each["lang"])
        for each in page.select("figure img")
    ]
    assert shown == [("box.svg", "Ek dabba", "hi-Latn"), ("box.en.svg", "A box", "en")]
    done = two_languages.sphinx("pdf", "-b", "pdf", "-t", "parallel")
    assert done.returncode == 0, done.stderr


# --- bad input, and other languages ---


def test_a_language_without_a_single_catalog_still_builds(small_book):
    done = small_book.sphinx("out", "-t", "parallel", "-D", "language=mr")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(small_book.page("chapter"), "html.parser")
    assert page.select("p.untranslated")


def test_a_third_language_can_be_the_second_column(two_languages):
    two_languages.write(
        "locale/mr/LC_MESSAGES/chapter.po", catalog({"Doosra heading": "दुसरे शीर्षक"})
    )
    done = two_languages.sphinx("out", "-t", "parallel", "-D", "language=mr")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(two_languages.page("chapter"), "html.parser")
    assert [("hi-Latn", "Doosra heading"), ("mr", "दुसरे शीर्षक")] in in_tags(page, "h2")
    # A text without a translation refers to the title in its own language alone.
    assert page.select_one('p.untranslated a[href="#far"]').get_text() == "Doosra heading"
    assert "Pehli baat" in page.select_one("li .untranslated, li.untranslated").get_text()


def test_a_translation_that_lost_its_footnote_is_named(two_languages):
    lost = ENGLISH["chapter"] | {next(k for k in ENGLISH["chapter"] if "[^one]" in k): "Gone."}
    two_languages.write("locale/en/LC_MESSAGES/chapter.po", catalog(lost))
    done = two_languages.sphinx("out", "-t", "parallel")
    assert done.returncode != 0
    assert "chapter.po:" in done.stderr


def test_spans_of_a_table_survive(small_book):
    table = "+----+------+\n| Do khaane |\n+----+------+\n| a  | b    |\n+----+------+\n"
    small_book.write("book/chapter.md", f"# Ek chapter\n\n```{{eval-rst}}\n{table}```\n")
    small_book.write("locale/en/LC_MESSAGES/chapter.po", catalog({"Do khaane": "Two cells"}))
    done = small_book.sphinx("out", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    cell = BeautifulSoup(small_book.page("chapter"), "html.parser").select_one("td[colspan]")
    assert [half.get_text() for half in cell.select("p")] == ["Do khaane", "Two cells"]


def test_one_edited_catalog_reads_one_chapter_again(parallel):
    messages = ENGLISH["chapter"] | {"Pehli baat": "Another thing"}
    parallel.write("locale/en/LC_MESSAGES/chapter.po", catalog(messages))
    command = [sys.executable, "-m", "sphinx", "-v", "-b", "html", "-c", ".", "-t", "parallel"]
    done = parallel.run(*command, "book", "out")
    assert "0 added, 1 changed, 0 removed" in done.stdout
    assert "Another thing" in parallel.page("chapter")


def test_two_workers_write_what_one_writes(built, tmp_path):
    out = tmp_path / "parallel"
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-j", "2", "-b", "html", "-c", "."]
    done = built.run(*command, "-t", "parallel", "-d", str(tmp_path / "d"), "book", str(out))
    assert done.returncode == 0, done.stderr
    one = built.root / "build/html/parallel"
    pages = sorted(path.name for path in one.glob("*.html"))
    assert len(pages) > 12
    assert [name for name in pages if (out / name).read_text() != (one / name).read_text()] == []


# --- the other formats ---


def test_the_pdf_sets_pairs_beside_each_other_in_reading_order(two_languages):
    import pypdfium2

    done = two_languages.sphinx("pdf", "-b", "pdf", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(two_languages.root / "pdf/import-karo-parallel.pdf")
    pages = [page.get_textpage() for page in document]
    text = " ".join(" ".join(page.get_text_range() for page in pages).split())
    for words in (
        "1 Ek chapter A chapter",
        "Pehli baat First thing",
        "Tasveer 1.1 Dabbe ki tasveer / Picture of a box",
        "Note ka text. Text of the note.",
        "Dhyaan / Watch out",
    ):
        assert words.replace("Tasveer 1.1", "Fig. 1.1") in text
    (page,) = [each for each in pages if "Pehli baat" in each.get_text_range()]
    places = [
        page.get_charbox(page.search(words).get_next()[0])
        for words in ("Pehli baat", "First thing")
    ]
    assert places[0][1] == pytest.approx(places[1][1], abs=3)  # on one line
    assert places[1][0] - places[0][0] > 150  # in two columns


def test_the_epub_stacks_pairs_with_their_languages(two_languages):
    done = two_languages.sphinx("epub", "-b", "epub", "-d", "trees", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((two_languages.root / "epub/chapter.xhtml").read_text(), "html.parser")
    assert [("hi-Latn", "Pehli baat"), ("en", "First thing")] in in_tags(page, ".pair")
    package = (two_languages.root / "epub/content.opf").read_text()
    assert re.findall("<dc:language>(.+?)<", package) == ["hi-Latn", "en"]
