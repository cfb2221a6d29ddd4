"""The PDFs: every construct as a reader finds it on the page, and what makes them a book."""

import ctypes
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from import_karo.core import editions
from shared_fixtures import BOX, contents_of
from transcripts import promise

EVERYTHING = """\
(chapter)=
# Ek chapter

Pehla paragraph: *zor*, **mazboot**, `a_name.of_code`, {sub}`neeche`, {kbd}`Ctrl`, "quotes" aur
मॉड्यूल.

```{index} single: shabd; andar
```
```{index} single: doosra
```
```{index} see: teesra; doosra
```

Ek note[^one] aur phir wahi[^one]. Ek [pata](https://example.org/a/long/path) aur <https://example.org>.

(far)=
## Ek section `code` ke saath

Dekhiye {ref}`next`, {numref}`fig`, {numref}`tbl`, {numref}`lst` aur {term}`module`.

### Upar ka chhota heading

```{literalinclude} ../code/chapter/hello/main.py
:name: lst
:emphasize-lines: 2
:linenos:
:lineno-start: 7
```

```{literalinclude} ../code/chapter/hello/run.console
```

```{figure} figures/box.svg
:name: fig
:alt: Ek dabba
Dabbe ki tasveer
```

![Chhota](figures/dot.png)

:::{table} Ek table
:name: tbl

| Naam | Matlab |
|---|---|
| `a` | pehla |
| `b` | doosra |
:::

:::{note}
Note ke andar.
:::

:::{admonition} Apna title
1. ek

   - andar ka
   - doosra andar ka

2. do
:::

> Ek baat.

:::{epigraph}
Shuruaat ki baat.

-- Kavi
:::

naam
: matlab

:::{versionadded} 3.11
Naya.
:::

***

Aakhri paragraph.

```{toctree}
under
```

[^one]: Note ka text.
"""
SPANS = """\
(next)=
# Agla

```{eval-rst}
+-----+-----+
| khaana    |
+=====+=====+
| ek  | do  |
|     +-----+
|     | teen|
+-----+-----+

.. rubric:: Rubric yahan

| ek line
| doosri line

-v  zyada bolo

:field: iska matlab
```
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


@dataclass
class Pdf:
    """A PDF as its readers find it: text and links by page, contents, tags."""

    path: Path

    @cached_property
    def document(self):
        """Return it as PDFium, the library in Chromium, reads it."""
        return pypdfium2.PdfDocument(self.path)

    @cached_property
    def parts(self):
        """Return it as a tree of PDF objects."""
        return pikepdf.open(self.path)

    @cached_property
    def pages(self):
        """Return the text of each page."""
        return [page.get_textpage().get_text_range().replace("\r", "") for page in self.document]

    @property
    def text(self):
        """Return all text, its words one blank apart."""
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def contents(self):
        """Return level, title and page of each bookmark."""
        return [
            (mark.level, mark.get_title(), mark.get_dest().get_index())
            for mark in self.document.get_toc(max_depth=9)
        ]

    @cached_property
    def tags(self):
        """Return the elements of the structure tree in reading order, with their descriptions."""
        found = []

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for each in node:
                    walk(each)
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                found.append((str(node.S).strip("/"), str(node.get("/Alt", ""))))
                walk(node.get("/K", pikepdf.Array()))

        walk(self.parts.Root.StructTreeRoot.K)
        return found

    def tagged(self, name):
        """Return the descriptions of every element with a tag."""
        return [alt for tag, alt in self.tags if tag == name]

    @cached_property
    def links(self):
        """Return what the links of each page lead to: a page by its number, or an address."""
        return [
            [leads_to(link) for link in page.obj.get("/Annots", ())] for page in self.parts.pages
        ]

    def left_of(self, page, words):
        """Return where words start on a page, in points from its left edge."""
        text = self.document[page].get_textpage()
        return text.get_charbox(text.search(words).get_next()[0], loose=True)[0]

    def font_of(self, page, words):
        """Return the name of the font that words on a page begin in, without its subset's."""
        text = self.document[page].get_textpage()
        first = text.search(words).get_next()[0]
        return text.get_textobj(first).get_font().get_base_name().rpartition("+")[2]

    @cached_property
    def of_pictures(self):
        """Return page and mark of all content that is tagged as part of a picture."""
        pages = {page.obj.objgen: number for number, page in enumerate(self.parts.pages)}
        marks = set()
        for each in self.parts.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure":
                kids = each.get("/K", [])
                kids = kids if isinstance(kids, pikepdf.Array) else [kids]
                marks |= {(pages[each.Pg.objgen], kid) for kid in kids if isinstance(kid, int)}
        return marks

    def colours(self, page):
        """Return each run of text on a page that is not in a picture, and its colour as RGB."""
        sheet, found = self.document[page], []
        text = sheet.get_textpage()
        for run in sheet.get_objects([raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
            assert raw.FPDFPageObj_GetFillColor(run, red, green, blue, alpha)
            if (page, raw.FPDFPageObj_GetMarkedContentID(run)) not in self.of_pictures:
                found.append((run.extract(), (red.value, green.value, blue.value)))
        return found

    def lines(self, page):
        """Return left, bottom, right and top of each run of text on a page, and the text."""
        text = self.document[page].get_textpage()
        boxes = [text.get_rect(each) for each in range(text.count_rects())]
        return [(*box, text.get_text_bounded(*box)) for box in boxes]


def leads_to(link):
    """Return what a link of a PDF leads to."""
    if "/A" in link and "/URI" in link.A:
        return str(link.A.URI)
    return "a page" if "/Dest" in link or "/D" in link.get("/A", {}) else None


@pytest.fixture
def make_pdf(small_book):
    """Give a function that builds the small book as a PDF, and its warnings."""

    def make(builder="pdf", *options):
        done = small_book.sphinx("out", "-b", builder, *options)
        name = "import-karo-hinglish" + ("-interior" if builder == "press" else "")
        path = small_book.root / f"out/{name}.pdf"
        return done, Pdf(path) if path.exists() else None

    return make


@pytest.fixture
def everything(small_book, make_pdf):
    """Give a PDF with one of everything."""
    small_book.write("book/chapter.md", EVERYTHING)
    small_book.write("book/under.md", SPANS)
    small_book.write("book/figures/box.svg", BOX)
    small_book.write("book/figures/dot.png", DOT)
    small_book.write(
        "code/chapter/hello/main.py", 'def f():\n    if 1:\n        print("Import Karo!")\n'
    )
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    return pdf


# --- every construct, on the page ---


def test_text_keeps_its_order_its_code_and_its_devanagari(everything):
    first = everything.text.partition("Ek chapter Pehla")[2]
    assert first.startswith(
        " paragraph: zor, mazboot, a_name.of_code, neeche, Ctrl, “quotes” aur मॉड्यूल."
    )


def test_a_footnote_stands_once_and_may_be_referenced_again(everything):
    assert "Ek note1 aur phir wahi1." in everything.text
    assert everything.text.count("1Note ka text.") == 1
    assert len(everything.tagged("Note")) == 2  # and the address


def test_a_footnote_of_a_heading_stands_once_at_its_foot_and_in_no_bookmark(small_book, make_pdf):
    chapter = "(chapter)=\n# Ek chapter\n\n## Sir[^a]\n\nKuch.\n\n[^a]: Note hai.\n"
    small_book.write("book/chapter.md", chapter)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    words = f'{header}msgid "Sir[^a]"\nmsgstr "Head[^a]"\n'
    small_book.write("locale/en/LC_MESSAGES/chapter.po", words)
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    assert pdf.text.count("Note hai.") == 1
    with pdf.parts.open_outline() as outline:
        waiting, titles = list(outline.root), []
        while waiting:
            item = waiting.pop()
            titles.append(item.title)
            waiting += item.children
    assert any(title.endswith("Sir") for title in titles), titles
    both = small_book.sphinx("both", "-b", "pdf", "-t", "parallel")
    assert both.returncode == 0, both.stderr


def test_a_script_without_a_font_is_named_once_with_the_cure(small_book, make_pdf):
    small_book.write("book/chapter.md", "# Ek\n\nক ekhane.\n\nখ okhane.\n")
    done, pdf = make_pdf()
    assert pdf is None
    assert done.stderr.count("no font of the book has") == 1
    assert (
        "(Bengali). Put an open font that has it, with its licence, into book/_print/fonts/"
        in done.stderr
    )


def test_a_break_between_thoughts_stands_where_it_was_typed_and_not_before_footnotes(everything):
    stars = "\u2217 \u2217 \u2217"
    assert f"{stars} Aakhri paragraph." in everything.text
    assert everything.text.count(stars) == 1


def test_an_address_stands_at_the_foot_unless_the_text_says_it(everything):
    assert "Ek pataa aur https://example.org." in everything.text
    assert everything.text.count("ahttps://example.org/a/long/path") == 1
    addresses = [link for page in everything.links for link in page if link != "a page"]
    assert addresses.count("https://example.org") == 1


def test_a_reference_says_the_page_of_what_is_not_on_its_own(everything):
    assert (
        "Dekhiye Agla (page 5), Tasveer 1.1, Table 1.1 (page 3), Listing 1.1 aur module (page 6)."
        in (everything.text)
    )


def test_every_link_leads_somewhere(everything):
    links = [link for page in everything.links for link in page]
    assert len(links) > 20
    assert None not in links


def test_a_listing_has_caption_line_numbers_and_indentation(everything):
    assert 'Listing 1.1 hello/main.py 7 def f(): 8 if 1: 9 print("Import Karo!")' in everything.text
    page = next(number for number, text in enumerate(everything.pages) if "def f()" in text)
    first, *rest = (everything.left_of(page, text) for text in ("def f()", "if 1", 'print("Imp'))
    assert [(left - first) / 4.75 for left in rest] == pytest.approx([4, 8], abs=0.2)
    assert "Code" in dict(everything.tags)


def test_a_terminal_shows_what_was_typed_and_what_came(everything):
    assert "$ python main.py Import Karo!" in everything.text


def test_pictures_say_what_they_show(everything):
    assert sorted(filter(None, everything.tagged("Figure"))) == ["Chhota", "Ek dabba"]
    assert "Tasveer 1.1 Dabbe ki tasveer" in everything.text


def test_tables_have_heads_and_spans(everything):
    assert "Table 1.1 Ek table Naam Matlab a pehla b doosra" in everything.text
    assert "khaana ek do teen" in everything.text
    assert len(everything.tagged("Table")) == 2
    assert len(everything.tagged("TH")) == 3


def test_boxes_lists_and_quotations_keep_their_words(everything):
    for words in (
        "Note Note ke andar.",
        "Apna title 1. ek • andar ka • doosra andar ka 2. do",
        "Ek baat. Shuruaat ki baat.",
        "— Kavi",
        "naam matlab",
        "Added in version 3.11: Naya.",
        "Rubric yahan ek line doosri line -v zyada bolo field iska matlab",
    ):
        assert words in everything.text
    assert {"L", "LI", "LBody", "BlockQuote"} <= {tag for tag, _alt in everything.tags}


def test_the_contents_and_the_bookmarks_carry_sphinx_numbers(everything):
    assert [
        (level, title.replace("\u2002", " ")) for level, title, _page in everything.contents
    ] == [
        (0, "Kya kahan hai"),
        (0, "Bhaag"),
        (1, "1 Ek chapter"),
        (2, "1.1 Ek section code ke saath"),
        (3, "1.1.1 Upar ka chhota heading"),
        (2, "1.1.1.1 Agla"),
        (1, "2 Shabd"),
        (0, "Index"),
    ]


def test_a_second_title_in_a_chapter_has_a_number_of_its_own(small_book, make_pdf):
    small_book.write("book/chapter.md", "# Ek\n\n## Andar\n\n# Do\n\n## Andar\n")
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    titles = [title.replace("\u2002", " ") for _level, title, _page in pdf.contents]
    assert titles[2:6] == ["1 Ek", "1.1 Andar", "2 Do", "2.1 Andar"]


def test_the_index_has_sub_entries_pages_and_see(everything):
    assert everything.text.endswith(
        "Index D doosra, 2 M module, 6 S shabd andar, 2 T teesra doosra dekhiye 7"
    )


def test_trim_size_and_isbn_are_one_setting_each(small_book, make_pdf):
    conf = small_book.root / "conf.py"
    settings = 'print_trim = ("6in", "9in")\nprint_isbn = "978-0-00-000000-2"\n'
    conf.write_text(conf.read_text() + settings)
    done, pdf = make_pdf("press")
    assert done.returncode == 0, done.stderr
    left, _low, right, _high = map(float, pdf.parts.pages[0].TrimBox)
    assert right - left == pytest.approx(6 * 72, abs=0.01)
    assert "ISBN 978-0-00-000000-2" in pdf.text
    cover = Pdf(pdf.path.with_name("import-karo-hinglish-cover.pdf"))
    _left, low, _right, high = map(float, cover.parts.pages[0].TrimBox)
    assert high - low == pytest.approx(9 * 72, abs=0.01)


# --- where pages break ---


@pytest.fixture
def broken_pages(small_book, make_pdf):
    """Give a PDF in which listings and paragraphs meet the foot of a page at every height."""
    code = "\n".join(f"value_{number:02} = {number}" for number in range(1, 16))
    small_book.write("code/chapter/hello/main.py", f"{code}\n")
    text = ["# Ek chapter"]
    for number in range(24):
        words = " ".join(f"p{number:02}w{word:02}" for word in range(1, 41 + number % 3 * 9))
        text += [
            words,
            *["Kuch."] * (number % 5),
            "## Yahan",
            "Ek line.",
            "```{literalinclude} ../code/chapter/hello/main.py\n```",
        ]
    small_book.write("book/chapter.md", "\n\n".join(text) + "\n")
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    return pdf


def test_a_listing_keeps_its_caption_and_three_lines_and_ends_on_two(broken_pages):
    split = 0
    for page in broken_pages.pages:
        found = re.findall(r"Listing [\d.]+ hello|value_\d\d", page)
        for number, each in enumerate(found):
            if each.startswith("Listing"):
                assert found[number + 1 : number + 4] == ["value_01", "value_02", "value_03"]
        if found and found[0] in {f"value_{number:02}" for number in range(2, 16)}:
            split += 1
            assert found[0] <= "value_14"
    assert split > 3


def test_no_line_of_a_paragraph_stands_alone_on_a_page(broken_pages):
    rows: dict[str, list[int]] = {}
    for number in range(len(broken_pages.document)):
        on_page: dict[str, set[int]] = {}
        for _, bottom, _, _, text in broken_pages.lines(number):
            for name in set(re.findall(r"(p\d\d)w\d\d", text)):
                on_page.setdefault(name, set()).add(round(bottom))
        for name, places in on_page.items():
            rows.setdefault(name, []).append(len(places))
    assert any(len(counts) > 1 for counts in rows.values())
    assert [name for name, counts in rows.items() if len(counts) > 1 and min(counts) < 2] == []


def test_a_heading_stays_with_what_follows(broken_pages):
    assert [page for page in broken_pages.pages if page.rstrip().endswith("Yahan")] == []


def test_pages_in_a_row_are_one_range_in_the_index(small_book, make_pdf):
    part = "```{index} single: shabd\n```\n\nKuch.\n\n" + "Lamba. " * 480 + "\n\n"
    small_book.write("book/chapter.md", f"# Ek chapter\n\n{part * 3}")
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    assert re.search(r"S shabd, \d\u2013\d\b", pdf.text), pdf.text[-200:]


# --- tables over two pages ---

LONG_TABLE = """\
# Ek chapter

````{list-table} Lamba
:header-rows: 1
:stub-columns: 1

* - HEAD
  - Matlab

    ```{index} single: chautha
    ```
ROWS
* - naam
  - matlab

    ```{index} single: kinaara
    ```
* - {index}`doosra`
  - kuch

    ```{index} single: aakhri
    ```
````
"""


@pytest.fixture
def make_long_table(small_book, make_pdf):
    """Give a function that builds a table over two pages; with the number of the first."""

    def make(head, after=""):
        rows = "".join(f"* - naam{each}\n  - matlab{each}\n" for each in range(40))
        text = LONG_TABLE.replace("HEAD", head).replace("ROWS\n", rows)
        small_book.write("book/chapter.md", text + after)
        done, pdf = make_pdf()
        assert done.returncode == 0, done.stderr
        (first,) = (page for page, text in enumerate(pdf.pages) if re.search(r"naam0\b", text))
        assert "doosra" in pdf.pages[first + 1]
        return pdf, first

    return make


def test_a_header_is_repeated_but_its_places_are_not(make_long_table):
    pdf, first = make_long_table("Naam {index}`sirshak`\n\n    ```{index} single: pehla\n    ```\n")
    assert "Naam sirshak Matlab" in " ".join(pdf.pages[first + 1].split())
    assert pdf.text.endswith(
        "A aakhri, 3 C chautha, 2 D doosra, 3 K kinaara, 3 M module, 4 P pehla, 2 S sirshak, 2 5"
    )


def test_a_header_that_leads_somewhere_stands_once_and_numbers_go_on(make_long_table):
    """PDF/UA allows no link in what is repeated; a cell is measured before it is set."""
    links = "[kahin door](https://example.org/a)[^one] {term}`module`"
    after = "\nPhir [pata](https://example.org/b)[^one].\n\n[^one]: Note hai.\n"
    pdf, first = make_long_table(links, after)
    assert "kahin doora 1 module (page 4) Matlab naam0" in pdf.text
    assert "Matlab" not in pdf.pages[first + 1]
    assert "Phir patab1." in pdf.text
    assert pdf.text.count("Note hai.") == 1


def test_a_column_of_names_looks_like_the_header(make_long_table):
    pdf, first = make_long_table("Naam")
    fonts = [pdf.font_of(first, words) for words in ("Naam", "naam7", "matlab7")]
    assert fonts == ["Mukta-SemiBold", "Mukta-SemiBold", "LibertinusSerif-Regular"]


ENTRY = "   .. index:: single: {}\n"
BETWEEN_ITEMS = f"""\
# Ek chapter

```{{eval-rst}}
naam
   matlab

{ENTRY.format("ek")}
naam
   matlab

:naam: matlab

{ENTRY.format("do")}
:naam: matlab

-n  matlab

{ENTRY.format("teen")}
-m  matlab

1. matlab

{ENTRY.format("chaar")}
2. matlab
```
"""


def test_a_place_at_the_end_of_an_item_is_that_of_the_next(small_book, make_pdf):
    """The item itself carries the name then: docutils gives it to the next node."""
    small_book.write("book/chapter.md", BETWEEN_ITEMS)
    done, pdf = make_pdf()
    assert done.returncode == 0, done.stderr
    assert pdf.text.endswith("Index C chaar, 2 D do, 2 E ek, 2 M module, 3 T teen, 2 4")


# --- bad input: file and line, and no half-written PDF ---

WIDE = "x" * 90
BAD = {
    "a missing picture": (
        "![Kuch](figures/none.png)\n",
        "image file not readable: figures/none.png",
    ),
    "an unknown format": ("![Kuch](figures/box.bmp)\n", "not a picture that prints"),
    "a broken picture": ("![Kuch](figures/broken.png)\n", "Typst: failed to decode image"),
    "a picture without words": ("![](figures/box.svg)\n", "a picture without a description"),
    "an unknown node": ("```{math}\nx\n```\n", "the PDF cannot show this: math_block"),
    "a glyph in no font": (
        "Ek 𓀀 chinh.\n",
        "no font of the book has 𓀀 (Egyptian). Put an open font",
    ),
    "a glyph in code": ("`code 𓀀`\n", "no font of the book has 𓀀 (Egyptian). Put an open font"),
    "a reference to nothing": ("{ref}`nowhere`\n", "undefined label: 'nowhere'"),
    "a wide table": (
        f"| a | b |\n|---|---|\n| {WIDE} | {WIDE} |\n",
        "a table is wider than the page",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_warning_with_file_and_line(small_book, make_pdf, name):
    text, message = BAD[name]
    small_book.write("book/figures/box.svg", BOX)
    small_book.write("book/figures/box.bmp", b"BM")
    small_book.write("book/figures/broken.png", DOT[:-30])
    small_book.write("book/chapter.md", f"# Ek chapter\n\nPehla.\n\n{text}")
    done, _pdf = make_pdf()
    assert done.returncode == 1
    assert re.search(rf"book/chapter\.md:5: WARNING: {re.escape(message)}", done.stderr), (
        done.stderr
    )
    assert "Traceback" not in done.stderr


def test_a_line_of_code_without_a_place_to_break_is_named_and_not_cut(small_book, make_pdf):
    small_book.write("code/chapter/hello/main.py", f'a = "{WIDE}"\n')
    done, pdf = make_pdf()
    assert "a line of code has no place to break" in done.stderr
    assert "book/chapter.md:6: WARNING" in done.stderr
    page = next(number for number, text in enumerate(pdf.pages) if "hello/main.py" in text)
    assert max(right for _, _, right, _, _ in pdf.lines(page)) < 504 - 40


def test_a_pdf_that_fails_leaves_no_older_one(small_book, make_pdf):
    assert make_pdf()[1] is not None
    small_book.write("book/figures/broken.png", DOT[:-30])
    small_book.write("book/chapter.md", "# Ek chapter\n\n![Kuch](figures/broken.png)\n")
    done, pdf = make_pdf()
    assert (done.returncode, pdf) == (1, None)


# --- the book itself ---


@pytest.fixture(scope="module", params=editions.EDITIONS, ids=lambda each: each.folder)
def edition(request):
    """Give each edition."""
    return request.param


@pytest.fixture(scope="module")
def screen(built, edition):
    """Give an edition's PDF for the screen."""
    return Pdf(built.root / f"build/pdf/import-karo-{edition.folder}.pdf")


@pytest.fixture(scope="module")
def interior(built, edition):
    """Give what a printer gets of an edition, without its cover."""
    return Pdf(built.root / f"build/print/import-karo-{edition.folder}-interior.pdf")


@pytest.fixture(scope="module")
def cover(built, edition):
    """Give the cover around an edition."""
    return Pdf(built.root / f"build/print/import-karo-{edition.folder}-cover.pdf")


@pytest.fixture(scope="module")
def every_pdf(screen, interior, cover):
    """Give the three PDFs of an edition."""
    return (screen, interior, cover)


def test_each_pdf_claims_pdf_ua_and_pdf_a(every_pdf, edition):
    for pdf in every_pdf:
        with pdf.parts.open_metadata() as about:
            assert (about["pdfuaid:part"], about["pdfaid:part"]) == ("1", "2")
            assert about["pdfaid:conformance"] == "A"
            assert editions.PROJECT in about["dc:title"]
        assert str(pdf.parts.Root.Lang) == edition.code.split("_")[0]
        assert pdf.parts.Root.MarkInfo.Marked


def test_every_font_is_embedded_and_cut_to_what_is_used(every_pdf):
    for pdf in every_pdf:
        parts = [each for each in pdf.parts.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in parts if each.get("/Type") == "/FontDescriptor"]
        assert fonts
        for font in fonts:
            assert {"/FontFile2", "/FontFile3"} & set(font.keys()), font.FontName
            assert re.match(r"/[A-Z]{6}\+", str(font.FontName))


def test_pages_have_labels_roman_then_arabic(screen):
    labels = [screen.document.get_page_label(page) for page in range(len(screen.document))]
    first = labels.index("1")
    assert labels[first - 1] in {"vi", "viii", "x", "xii"}
    assert labels[first:] == [str(number + 1) for number in range(len(labels) - first)]


def test_the_bookmarks_are_the_contents_of_the_html(built, edition, screen):
    """Parts, chapter numbers and titles, as the front page of the edition lists them."""
    shown = contents_of(built.root / f"build/html/{edition.folder}/index.html")
    assert len(shown) > 14
    wanted = shown[1:-6] + shown[-5:]  # front and back matter have a caption in the HTML alone
    listed = [re.sub(r"^(\d+)\u2002", r"\1. ", title) for _level, title, _page in screen.contents]
    assert [title for title in listed if title in shown] == wanted


def test_numbers_of_listings_figures_and_tables_are_those_of_the_html(built, edition, screen):
    pages = sorted((built.root / f"build/html/{edition.folder}").glob("*.html"))
    html = "".join(page.read_text() for page in pages)
    numbers = re.findall(r'caption-number">(\w+\.? [\d.]*\d) ?<', html)
    assert len(numbers) == html.count('class="caption-number"')
    wanted = set(numbers)
    assert len(wanted) == len(numbers)
    chapters = len(list((built.root / "code").glob("*/exercises/kirana")))
    firsts = {number for number in wanted if re.fullmatch(r"Listing \d+\.1", number)}
    assert len(firsts) == chapters
    text = screen.text.replace("\xa0", " ")
    assert [each for each in sorted(wanted) if each not in text] == []


def test_parts_open_on_a_right_hand_page(interior):
    parts = [page for level, title, page in interior.contents if title.startswith("Part ")]
    assert len(parts) == 2
    assert [page % 2 for page in parts] == [0, 0]  # the first page is page 0


def test_blank_pages_are_blank_and_sheets_are_full(interior):
    assert len(interior.document) % 4 == 0
    assert "" in interior.pages


def test_pages_have_bleed_for_the_press_and_none_on_the_screen(screen, interior):
    bleed = 3 / 25.4 * 72
    for page in interior.parts.pages:
        left, low, right, high = map(float, page.TrimBox)
        assert (right - left, high - low) == pytest.approx((504, 720), abs=0.01)
        wide, tall = map(float, page.MediaBox[2:])
        assert (left, low, wide - right, tall - high) == pytest.approx((bleed,) * 4, abs=0.01)
    assert {tuple(map(float, page.MediaBox)) for page in screen.parts.pages} == {(0, 0, 504, 720)}


def test_the_spine_is_as_thick_as_the_pages(interior, cover):
    left, _low, right, _high = map(float, cover.parts.pages[0].TrimBox)
    spine = (right - left - 2 * 504) / 72 * 25.4
    assert spine == pytest.approx(len(interior.document) * 0.06, abs=0.01)


def test_black_is_the_only_ink_of_text_in_the_interior(interior):
    """All text is grey or black, but for the words in pictures: what is tagged as a /Figure."""
    pages = range(len(interior.document))
    runs = [(page + 1, *run) for page in pages for run in interior.colours(page)]
    assert len(runs) > 10_000
    assert [run for run in runs if len(set(run[2])) > 1] == []


def test_a_page_without_pictures_needs_one_ink(interior):
    """A grey in RGB would be mixed of four: every colour space has one component."""
    pictured = {page for page, _mark in interior.of_pictures}
    assert pictured
    for number, page in enumerate(interior.parts.pages):
        spaces = page.Resources.get("/ColorSpace", {}).values()
        if number not in pictured:
            assert {int(profile.N) for _kind, profile in spaces} <= {1}, number + 1


def test_no_text_leaves_the_type_area(interior):
    """Marks that hang in the margin on purpose, such as a full point, may stand out 6 pt."""
    inner, outer, bleed = 0.95 * 72, 0.7 * 72, 3 / 25.4 * 72
    out = []
    for number in range(len(interior.document)):
        left, right = (inner, outer) if number % 2 == 0 else (outer, inner)
        for start, _, end, _, text in interior.lines(number):
            if start < bleed + left - 6 or end > bleed + 504 - right + 6:
                out.append((number + 1, text))
    assert out == []


def test_no_heading_is_left_alone_at_the_foot_of_a_page(screen):
    """Below each bookmark's place at least two lines of text follow on its page."""
    alone = []
    for bookmark in screen.document.get_toc(max_depth=9):
        place = bookmark.get_dest()
        page, (_, top, *_rest) = place.get_index(), place.get_view()[1]
        below = {round(box[1]) for box in screen.lines(page) if box[3] < top - 4 and box[1] > 50}
        if len(below) < 2 and page > 8 and not bookmark.get_title().startswith("Part"):
            alone.append((page + 1, bookmark.get_title()))
    assert alone == []


def test_code_is_copied_as_it_was_typed(built, screen):
    """Line for line, every listing of a program, by a tool that keeps columns."""
    if shutil.which("pdftotext") is None:
        pytest.skip("not here: pdftotext (Debian: poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-fixed", "4.75", "-nopgbrk", screen.path, "-"],
        capture_output=True,
        text=True,
    )
    found = [line.rstrip() for line in done.stdout.split("\n")]
    missing = []
    shown = promise.blocks(built.root / "build/cache/doctrees/hinglish")
    programs = [block for block in shown if block.source.endswith(".py")]
    for block in programs:
        for line in block.text.split("\n"):
            is_there = any(each.endswith(line) and not each[: -len(line)].strip() for each in found)
            if line.startswith("    ") and not is_there:
                missing.append((block.source, line))
    assert missing == []
    assert len(programs) > 80


def test_qpdf_finds_nothing_wrong(every_pdf):
    if shutil.which("qpdf") is None:
        pytest.skip("not here: qpdf")
    for pdf in every_pdf:
        done = subprocess.run(["qpdf", "--check", pdf.path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
