"""Boxes and arrows: drawn from the labels of each language, for a phone, in every format."""

import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from import_karo.directives.drawings import layout
from import_karo.directives.drawings.layout import Arrow, Box, Grid, LayoutError, Run
from pdf.test_pdf import Pdf

FLOW = """\
```{flow}
:name: a-flow
:rows: script script / . box

script: `main.py` *bulati* hai
box: **tea** ka dabba
script -> box: `import tea` ek baar

Ek drawing.
```
"""
CHAPTER = "# Ek chapter\n\n" + FLOW
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "`main.py` *bulati* hai"
msgstr "`main.py` *calls*"

msgid "**tea** ka dabba"
msgstr "the box **tea**"

msgid "`import tea` ek baar"
msgstr "`import tea` once"

msgid "Ek drawing."
msgstr "A drawing."
"""
SAID = "main.py bulati hai → tea ka dabba (import tea ek baar)."
SAID_IN_ENGLISH = "main.py calls → the box tea (import tea once)."


@pytest.fixture
def drawn(small_book):
    """Give a small book with a flow and its translation."""
    small_book.write("book/chapter.md", CHAPTER)
    small_book.write("locale/en/LC_MESSAGES/chapter.po", CATALOG)
    return small_book


def build(book, out, *options):
    done = book.sphinx(out, *options)
    assert done.returncode == 0, done.stderr


def page_of(book, out="out", *options):
    build(book, out, *options)
    return BeautifulSoup(book.page("chapter", out), "html.parser")


def words(picture):
    return " ".join(" ".join(text.get_text() for text in picture.select("text")).split())


# --- in each format ---


def test_in_html_a_drawing_has_the_colour_and_font_of_the_page_and_says_what_it_shows(drawn):
    (picture,) = page_of(drawn).select("figure#a-flow .flow svg")
    assert picture["role"] == "img"
    assert picture["aria-label"] == SAID
    colours = re.findall(r'(?:fill|stroke)="([^"]+)"', str(picture))
    assert set(colours) == {"currentColor", "none"}
    assert words(picture) == "main.py bulati hai tea ka dabba import tea ek baar"
    assert [code.get_text() for code in picture.select(".code")] == ["main.py", "import tea"]
    assert picture.select_one('[font-weight="bold"]').get_text() == "tea"
    assert picture.select_one('[font-style="italic"]').get_text() == "bulati"
    assert not picture.has_attr("font-family")


def test_the_labels_are_those_of_the_language(drawn):
    (picture,) = page_of(drawn, "en", "-D", "language=en").select(".flow svg")
    assert picture["aria-label"] == SAID_IN_ENGLISH
    assert "bulati" not in str(picture)


def test_translators_get_labels_and_caption_but_not_code_alone(drawn):
    drawn.write("book/chapter.md", CHAPTER.replace("**tea** ka dabba", "`tea`"))
    build(drawn, "pot", "-b", "gettext")
    found = re.findall(r'^msgid "(.+)"$', (drawn.root / "pot/chapter.pot").read_text(), re.M)
    assert found == [
        "Ek chapter", "`main.py` *bulati* hai", "`import tea` ek baar", "Ek drawing."
    ]  # fmt: skip


def test_the_parallel_edition_draws_both_languages_and_what_is_the_same_once(drawn):
    same = "\n".join(["```{flow}", ":name: b-flow", "", "one: `a`", "", "Ek drawing.", "```", ""])
    drawn.write("book/chapter.md", CHAPTER + "\n" + same)
    page = page_of(drawn, "both", "-t", "parallel")
    halves = page.select("#a-flow .pair > .flow")
    assert [(half["lang"], half.svg["aria-label"]) for half in halves] == [
        ("hi-Latn", SAID),
        ("en", SAID_IN_ENGLISH),
    ]
    assert [("pair-source" in half["class"], "pair-other" in half["class"]) for half in halves] == [
        (True, False),
        (False, True),
    ]
    assert len(page.select("#b-flow svg")) == 1


def test_a_label_without_a_translation_is_marked_below_the_drawing(drawn):
    drawn.write("locale/en/LC_MESSAGES/chapter.po", CATALOG.replace("`import tea` once", ""))
    figure = page_of(drawn, "en", "-D", "language=en").select_one("figure")
    assert figure.svg["aria-label"] == "main.py calls → the box tea (import tea ek baar)."
    assert figure.select_one("p.untranslated-note").get_text() == "(not translated yet)"


def test_the_epub_has_a_picture_on_paper_that_says_what_it_shows(drawn):
    build(drawn, "epub", "-d", "trees", "-b", "epub", "-D", "language=en")
    (path,) = (drawn.root / "epub").glob("*.epub")
    with zipfile.ZipFile(path) as book:
        page = BeautifulSoup(book.read("chapter.xhtml"), "html.parser")
        (image,) = page.select("figure#a-flow img")
        picture = BeautifulSoup(book.read(image["src"]), "html.parser").svg
    assert image["alt"] == picture["aria-label"] == SAID_IN_ENGLISH
    assert words(picture) == "main.py calls the box tea import tea once"
    assert "currentColor" not in str(picture)
    assert picture.rect["width"] == "100%"


def test_the_pdf_says_where_a_label_is_not_translated(drawn):
    """What stands behind the picture begins with a bracket, and is no part of Typst's call."""
    drawn.write("locale/en/LC_MESSAGES/chapter.po", CATALOG.replace('msgid "**tea**',
                '#, fuzzy\nmsgid "**tea**'))  # fmt: skip
    build(drawn, "pdf", "-b", "pdf", "-D", "language=en")
    assert "(not translated yet)" in Pdf(drawn.root / "pdf/import-karo-english.pdf").text


def test_the_pdf_has_a_picture_whose_words_are_text(drawn):
    build(drawn, "pdf", "-b", "pdf")
    pdf = Pdf(drawn.root / "pdf/import-karo-hinglish.pdf")
    assert SAID in [alt for _tag, alt in pdf.tags]
    for text in ("bulati", "ka dabba", "import tea", "Ek drawing."):
        assert text in pdf.text


def test_other_formats_get_the_words(drawn):
    build(drawn, "text", "-b", "text")
    assert " ".join(SAID.split()) in " ".join((drawn.root / "text/chapter.txt").read_text().split())


def test_two_drawings_of_a_page_have_no_place_in_common(drawn):
    drawn.write("book/chapter.md", CHAPTER + "\n" + FLOW.replace("a-flow", "b-flow"))
    page = page_of(drawn)
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert len(page.select(".flow svg")) == 2


def test_a_drawing_is_the_same_in_every_build(drawn):
    (first,), (second,) = (page_of(drawn, out, "-E").select(".flow") for out in ("one", "two"))
    assert str(first) == str(second)
    build(drawn, "first", "-d", "trees", "-b", "epub")
    build(drawn, "second", "-d", "other trees", "-b", "epub")
    one, two = (next((drawn.root / out).glob("*.epub")) for out in ("first", "second"))
    assert one.read_bytes() == two.read_bytes()


# --- what is wrong with one ---


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (
            "script -> box: `import tea` ek baar",
            "script ..> box",
            9,
            "say why it is dashed, for who",
        ),
        ("script -> box:", "script -> bix:", 9, "no box bix; write `bix: label` above its arrows"),
        ("box: **tea**", "script: **tea**", 8, "a second box script"),
        ("script -> box:", "script => box", 9, "write `box: label`, `one -> other` or"),
        ("/ . box", "/ . bax", 3, "bax"),
        ("/ . box", "/ box", 3, "every row has as many names"),
        ("script script / . box", "script . / box script", 3, "the cells of script are no rect"),
        (
            FLOW[FLOW.index("script: ") : FLOW.index("Ek drawing")],
            "",
            7,
            "no boxes; write `name: la",
        ),
    ],
    ids=[
        "a dash without a word",
        "no such box",
        "two boxes",
        "not an arrow",
        "rows",
        "a short row",
        "cells",
        "empty",
    ],
)
def test_what_is_wrong_with_a_flow_is_an_error_at_its_line(drawn, before, after, line, said):
    drawn.write("book/chapter.md", CHAPTER.replace(before, after))
    done = drawn.sphinx()
    assert done.returncode != 0
    assert f"chapter.md:{line}: ERROR: flow: " in done.stderr
    assert said in done.stderr


LONG = "ek bahut lamba label jo kisi bhi dabbe mein nahi samata " * 3


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("**tea** ka dabba", LONG, 8, r"box: \d lines in a box, and 4 fit: shorten 'ek bahut"),
        (
            "`import tea` ek baar",
            LONG,
            9,
            r"script -> box: \d lines at an arrow, and 3 fit: shorten 'ek ba",
        ),
        (
            "**tea** ka dabba",
            "`" + "x" * 40 + "`",
            8,
            r"box: \d+ wide, and 320 fit on a phone: shorten or part 'xxx",
        ),
        ("script script / . box", "script . / . box", 9, "an arrow runs straight"),
    ],
    ids=["a box", "an arrow", "a word", "not straight"],
)
def test_what_does_not_fit_is_an_error_at_the_line_of_the_label(drawn, before, after, line, said):
    drawn.write("book/chapter.md", CHAPTER.replace(before, after))
    done = drawn.sphinx()
    assert done.returncode != 0
    assert re.search(rf"chapter\.md:{line}: ERROR: flow, hi_Latn, .*{said}", done.stderr)


@pytest.mark.parametrize("options", [("-D", "language=en"), ("-t", "parallel")])
def test_a_translation_that_does_not_fit_is_an_error_at_the_line_of_the_catalog(drawn, options):
    drawn.write("locale/en/LC_MESSAGES/chapter.po", CATALOG.replace("the box **tea**",
                "**" + "the box tea " * 12 + "tea**"))  # fmt: skip
    build(drawn, "out")
    done = drawn.sphinx("en", *options)
    assert done.returncode != 0
    assert "locale/en/LC_MESSAGES/chapter.po:7: ERROR: flow, en, box: " in done.stderr


# --- the layout ---


def label(text):
    return [(Run(word, ""),) for word in text.split()]


def grid(rows, *arrows, **labels):
    boxes = {name: Box(name, label(labels.get(name, name)), *cells)
             for name, cells in layout.cells(rows).items()}  # fmt: skip
    made = [
        Arrow(f"{start}>{end}", boxes[start], boxes[end], dashed=False, label=label(text))
        for start, end, text in arrows
    ]
    return Grid(list(boxes.values()), made)


def test_no_drawing_is_wider_than_a_phone_and_each_label_is_inside_its_box():
    made = grid("a b / c b", ("a", "b", "naam"), ("c", "b", ""), a="yeh ek lamba sa label hai",
                b="aur yeh usse bhi lamba label hai", c="chhota")  # fmt: skip
    assert made.width == pytest.approx(layout.WIDTH)
    for box in made.boxes:
        assert max(map(layout.length, box.rows)) <= box.width - 2 * layout.PAD + 0.01
        assert len(box.rows) * layout.LEADING <= box.height - 2 * layout.PAD + 0.01
        assert [word for row in box.rows for word in row] == box.label


def test_words_that_are_short_take_no_more_room_than_they_need():
    assert grid("a b", a="x", b="y").width < 80


def test_an_arrow_runs_between_the_edges_in_the_middle_of_what_both_have_in_common():
    made = grid("a a / b c", ("a", "c", ""), ("c", "b", ""))
    a, b, c = made.boxes
    down, left = made.arrows
    middle = c.x + c.width / 2
    assert down.at == pytest.approx((middle, a.y + a.height, middle, c.y))
    assert left.at == pytest.approx((c.x, b.y + b.height / 2, b.x + b.width, b.y + b.height / 2))


@pytest.mark.parametrize(
    ("rows", "arrows", "said"),
    [
        ("a / b / c", [("a", "c", "")], "an arrow runs through the box b"),
        ("a b c", [("c", "a", "")], "an arrow runs through the box b"),
        ("a / b", [("a", "b", ""), ("b", "a", "")], "an arrow meets another, b>a"),
        ("a . / . b", [("a", "b", "")], "an arrow runs straight"),
        ("a b", [("a", "a", "")], "an arrow runs straight"),
        ("aaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbb", [], "shorten or part 'aaaaaaaaaaaaaaaaaaaaa'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows, arrows, said):
    with pytest.raises(LayoutError, match=re.escape(said)):
        grid(rows, *arrows)


def test_marks_on_letters_take_no_room():
    assert layout.letters("मॉड्यूल") == 5


def test_a_dashed_arrow_is_dashed(drawn):
    assert not page_of(drawn).select("[stroke-dasharray]")
    drawn.write("book/chapter.md", CHAPTER.replace("script -> box", "script ..> box"))
    assert len(page_of(drawn).select("[stroke-dasharray]")) == 1
