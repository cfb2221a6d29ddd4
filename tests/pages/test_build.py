"""What a build gives: pages for readers, and errors with file and line for writers."""

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from import_karo.core import editions
from import_karo.languages.catalogs import syntax
from import_karo.sphinx_fixes import cures
from transcripts.sandbox import ROOT


class Page(HTMLParser):
    """Collects a page's elements: (tag, attributes)."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.found = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):  # noqa: D102
        self.found.append((tag, dict(attrs)))

    @property
    def ids(self):  # noqa: D102
        return [attrs["id"] for _, attrs in self.found if attrs.get("id")]


@pytest.fixture(scope="module")
def pages(built):
    """Give every page of every edition, by folder and name."""
    top = built.root / "build/html"
    return {
        edition.folder: {
            path.name: Page(path) for path in sorted((top / edition.folder).glob("*.html"))
        }
        for edition in editions.EDITIONS
    }


def every(pages):
    return [page for folder in pages.values() for page in folder.values()]


# --- what readers get ---


def test_only_what_is_published_lies_in_the_output(built):
    top = built.root / "build/html"
    names = {path.name for path in top.rglob("*")}
    expected = {"index.html", "404.html", "icon.svg", "files"}
    expected |= {edition.folder for edition in editions.EDITIONS}
    assert {path.name for path in top.iterdir()} == expected
    assert not names & {".buildinfo", ".doctrees", "_sources", "environment.pickle"}
    assert not [path for path in top.rglob("*") if path.is_dir() and not list(path.iterdir())]


def test_readers_get_the_code_without_its_recorded_outputs(built):
    with zipfile.ZipFile(built.root / "build/code/import-karo-code.zip") as code:
        names = set(code.namelist())
    chapters = {path.name for path in (built.root / "code").iterdir() if path.is_dir()}
    assert {name.split("/")[1] for name in names if name.count("/") > 1} == chapters | {"kirana"}
    assert [name for name in names if name.endswith((".console", ".pycon", ".pyc"))] == []
    assert "import-karo-code/modules/tea_stall/main.py" in names
    assert "import-karo-LICENSES/MIT.txt" not in names


def test_readers_get_the_shop_as_the_last_chapter_of_the_book_leaves_it(small_book):
    def files_of_shop():
        done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "code")
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(small_book.root / "build/code/import-karo-code.zip") as code:
            names = [name for name in code.namelist() if "/kirana/" in name and "/ex" not in name]
            return {name.removeprefix("import-karo-code/"): code.read(name) for name in names}

    assert files_of_shop() == {}
    for stem in ("apart", "chapter", "later"):  # "apart" is in no table of contents
        top = f"code/{stem}/exercises/kirana/solution"
        small_book.write(f"{top}/kirana/bill.py", f"# {stem}\n")
        small_book.write(f"{top}/check.console", "$ echo 8\n8\n")
    index = small_book.root / "book/index.md"
    index.write_text(index.read_text().replace("chapter\n", "chapter\nlater\nbare\n"))
    assert files_of_shop() == {"kirana/kirana/bill.py": b"# later\n"}


def test_the_front_page_offers_every_edition_in_its_own_language(built):
    page = Page(built.root / "build/html/index.html")
    links = {attrs["href"]: attrs for tag, attrs in page.found if tag == "a"}
    for edition in editions.EDITIONS:
        attrs = links[f"{edition.folder}/index.html"]
        assert attrs["lang"] == attrs["hreflang"] == edition.tag
        assert (page.path.parent / edition.folder / "index.html").is_file()


def test_words_in_two_languages_on_the_front_page_say_which_is_which(built):
    page = BeautifulSoup((built.root / "build/html/index.html").read_text(), "html.parser")
    found = {
        link["href"]: [
            (next(up["lang"] for up in text.parents if up.get("lang")), text.strip(" ·/"))
            for text in link.find_all(string=True)
            if text.strip(" ·/")
        ]
        for link in page.select("a.edition")
    }
    assert found["english/index.html"] == [
        ("en", "Read it in English"),
        ("en", "Import Karo: Python modules and packages"),
    ]
    assert found["parallel/index.html"] == [
        ("hi-Latn", "Dono saath-saath"),
        ("en", "Both side by side"),
        ("hi-Latn", "Import Karo: Python ke modules aur packages"),
        ("en", "Python modules and packages"),
    ]


def test_every_page_names_its_language(pages):
    for edition in editions.EDITIONS:
        for page in pages[edition.folder].values():
            assert ("html", edition.tag) == (page.found[0][0], page.found[0][1]["lang"])


def test_the_switch_of_every_page_is_a_relative_link_to_the_same_page(pages):
    for edition in editions.EDITIONS:
        for name, page in pages[edition.folder].items():
            links = [attrs for tag, attrs in page.found if tag == "a" and "hreflang" in attrs]
            others = [other for other in editions.EDITIONS if other is not edition]
            wanted = [f"../{each.folder}/{name}" for each in others]
            assert [link["href"] for link in links] == 2 * wanted  # in the side bar, in the page
            for link in links:
                assert (page.path.parent / link["href"]).resolve().is_file()


def test_ids_are_the_same_in_every_edition_so_an_anchor_survives_the_switch(pages):
    for name, page in pages["hinglish"].items():
        if name not in ("genindex.html",):
            kept = [each for each in page.ids if not re.fullmatch(r"index-\d+", each)]
            for folder in ("english", "parallel"):
                ids = pages[folder][name].ids
                assert kept == [each for each in ids if not re.fullmatch(r"index-\d+", each)], name


def test_no_id_is_there_twice_and_no_link_leads_nowhere(pages):
    for folder in pages.values():
        for page in folder.values():
            assert len(page.ids) == len(set(page.ids)), page.path
            for tag, attrs in page.found:
                address = urlsplit(attrs.get("href", "") if tag == "a" else "")
                if address.scheme or not (address.path or address.fragment):
                    continue
                target = (
                    (page.path.parent / unquote(address.path)).resolve()
                    if address.path
                    else page.path
                )
                assert target.is_file(), (page.path.name, attrs["href"])
                if address.fragment and target.parent == page.path.parent:
                    assert unquote(address.fragment) in folder[target.name].ids, attrs["href"]


class Nesting(HTMLParser):
    """Notes where an element is closed that was not open, and what is left open."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Leave out what closes itself."""

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in self.VOID:
            self.wrong.append(f"line {self.getpos()[0]}: </{tag}> in {self.open[-1:]}")


def unbalanced(text):
    found = Nesting()
    found.feed(text)
    return found.wrong + [f"<{tag}> is left open" for tag in found.open]


def test_every_element_of_every_page_is_closed_where_it_was_opened(built):
    pages = sorted((built.root / "build/html").rglob("*.html"))
    wrong = {page.name: unbalanced(page.read_text(encoding="utf-8")) for page in pages}
    assert {name: said for name, said in wrong.items() if said} == {}
    assert len(pages) > 30
    assert unbalanced("<p>a <b>c</p>") == [
        "line 1: </p> in ['b']",
        "<p> is left open",
        "<b> is left open",
    ]


def test_no_page_asks_another_host_for_anything(built, pages):
    outside = re.compile(r"^(?:https?:)?//")
    for page in [*every(pages), Page(built.root / "build/html/index.html")]:
        for tag, attrs in page.found:
            if tag != "a":
                wanted = [
                    attrs.get(name) or "" for name in ("src", "href", "srcset", "data", "poster")
                ]
                assert not [each for each in wanted if outside.match(each)], (page.path, attrs)
    for path in (built.root / "build/html").rglob("*.css"):
        assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", path.read_text()), path


def test_every_picture_has_a_text_alternative(pages):
    pictures = [attrs for page in every(pages) for tag, attrs in page.found if tag == "img"]
    assert pictures
    assert all(len(attrs.get("alt", "")) > 20 for attrs in pictures)


def test_every_page_has_a_way_on_and_back(pages):
    for page in every(pages):
        rels = {attrs.get("rel") for tag, attrs in page.found if tag == "link"}
        if page.path.name not in ("genindex.html", "search.html", "translations.html"):
            assert rels & {"next", "prev"}, page.path


def test_the_copy_button_leaves_the_prompt_behind(built):
    script = (built.root / "build/html/hinglish/_static/copybutton.js").read_text()
    pattern = re.search(
        r"formatCopyText\(target\.innerText?, '(.*?)', (true|false), (true|false), (true|false)",
        script,
    )
    pattern = pattern or re.search(
        r"formatCopyText\(text, '(.*?)', (true|false), (true|false), (true|false)", script
    )
    assert pattern, "sphinx-copybutton calls its function another way: look at it"
    prompt, is_regexp, only_prompts, remove = pattern.groups()
    assert (is_regexp, only_prompts, remove) == ("true", "true", "true")
    for line, left in (
        ("$ python main.py", "python main.py"),
        (">>> 3 + 5", "3 + 5"),
        ("... x", "x"),
    ):
        assert re.sub(f"^({prompt.encode().decode('unicode_escape')})", "", line) == left


# --- interface words ---

RECORDER = """
import json, sys
import sphinx.locale
from import_karo import core
asked = set()
def record(app, config):
    translator = sphinx.locale.get_translator()
    plain = translator.gettext
    translator.gettext = lambda words: asked.add(words) or plain(words)
setup = core.setup
def record_too(app):
    app.connect("config-inited", record, priority=999)
    return setup(app)
core.setup = record_too
from sphinx.cmd.build import main
status = main(["-c", ".", "-b", sys.argv[1], "-q", "book", "out"])
print(json.dumps(sorted(asked)))
raise SystemExit(status)
"""
# Asked for while Sphinx starts, and never printed: this book has no Python API.
NEVER_PRINTED = {"Module Index"}


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_every_interface_word_that_a_page_asks_for_is_in_hinglish(small_book, builder):
    small_book.write(
        "book/chapter.md",
        "# Ek chapter\n\n```{index} single: __name__\n```\n\n```{index} see: x; module\n```\n\n"
        "```{index} seealso: y; module\n```\n\n"
        ":::{note}\nA\n:::\n\n:::{warning}\nB\n:::\n\n:::{tip}\nC\n:::\n\n:::{seealso}\nD\n:::\n\n"
        "```{figure} dot.svg\n:alt: a\n\nE\n```\n\n```{table} F\n| a |\n|---|\n| b |\n```\n\n"
        "```{literalinclude} ../code/chapter/hello/main.py\n```\n\n## Hissa\n\ng\n",
    )
    small_book.write(
        "book/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    done = small_book.run(sys.executable, "-c", RECORDER, builder)
    assert done.returncode == 0, done.stderr
    asked = set(json.loads(done.stdout.splitlines()[-1]))
    assert len(asked) > 20
    path = ROOT / "locale/hi_Latn/LC_MESSAGES/sphinx.po"
    known = {entry.msgid for entry in syntax.read(path)[0]}
    assert asked - known - NEVER_PRINTED == set(), f"write them in {path.relative_to(ROOT)}"


def test_not_one_devanagari_word_is_on_a_page(built):
    names = {word for each in editions.EDITIONS for word in each.name.split()}
    found = set()
    for folder in ("hinglish", "english", "parallel"):
        for path in sorted((built.root / "build/html" / folder).rglob("*")):
            if path.suffix in (".html", ".js"):
                found |= set(re.findall(r"[ऀ-ॿ]+", path.read_text(encoding="utf-8")))
    assert found - names == set()


def test_words_of_scripts_are_hinglish_too(built):
    script = (built.root / "build/html/hinglish/_static/translations.js").read_text()
    data = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    for words in ("Search Results", "Searching", "Hide Search Matches", "Copied!"):
        assert data["messages"][words] != words
    assert data["plural_expr"].startswith("+(")
    assert not (built.root / "build/html/english/_static/translations.js").exists()


# --- what writers are told ---


def test_plain_sphinx_builds_the_source_and_the_translation(small_book):
    write = small_book.root / "locale/en/LC_MESSAGES/chapter.po"
    write.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Ek chapter"\nmsgstr "A chapter"\n'
    )
    assert small_book.sphinx("out").returncode == 0
    assert small_book.sphinx("english", "-D", "language=en").returncode == 0
    assert "<h1>1. Ek chapter" in re.sub(r"<span[^>]*>|</span>", "", small_book.page("chapter"))
    english = small_book.page("chapter", "english")
    assert 'lang="en"' in english
    assert "A chapter" in english
    assert "Ek chapter" not in english
    assert "language-switch" in english  # its folder is named like the edition
    assert "language-switch" not in small_book.page("chapter")


def test_the_command_line_is_never_overruled(small_book):
    assert small_book.sphinx("out", "-D", "html_title=Mine").returncode == 0
    assert "Ek chapter - Mine</title>" in small_book.page("chapter")


MISSING = {
    "listing": "```{literalinclude} ../code/chapter/hello/gone.py\n```\n",
    "term": "{term}`gone`\n",
    "label": "{ref}`gone`\n",
    "number": "{numref}`gone`\n",
    "picture": "```{figure} gone.svg\n:alt: a\n\nA\n```\n",
    "directive": "```{gone}\n```\n",
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_stops_the_build_with_file_and_line(small_book, what):
    small_book.write("book/chapter.md", f"# Ek chapter\n\nA\n\n{MISSING[what]}")
    done = small_book.sphinx()
    assert done.returncode == 1
    assert re.search(r"book/chapter\.md:[567]: WARNING", done.stderr), done.stderr
    assert "gone" in done.stderr
    again = small_book.sphinx()
    assert again.returncode == 1, "the second run of a broken build must not look good"
    assert "chapter.md" in again.stderr


def test_a_faulty_catalog_stops_the_build_with_file_and_line(small_book):
    path = "locale/en/LC_MESSAGES/chapter.po"
    small_book.write(path, '<<<<<<< ours\nmsgid ""\nmsgstr "charset=UTF-8"\n')
    done = small_book.sphinx("out", "-D", "language=en")
    assert done.returncode == 2
    assert f"{path}:1: a merge conflict is left" in done.stderr
    assert small_book.sphinx("other").returncode == 0  # Hinglish does not need it


def test_a_deleted_catalog_is_forgotten(small_book):
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path = small_book.write(
        "locale/en/LC_MESSAGES/chapter.po", f'{header}msgid "Ek chapter"\nmsgstr "A chapter"\n'
    )
    small_book.sphinx("out", "-D", "language=en")
    assert "A chapter" in small_book.page("chapter")
    path.unlink()
    assert small_book.sphinx("out", "-D", "language=en").returncode == 0
    assert "A chapter" not in small_book.page("chapter")


# --- building again ---


def read_again(book, *options):
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-c",
        ".",
        "-b",
        "html",
        "-v",
        *options,
        "book",
        "out",
    ]
    done = book.run(*command)
    assert done.returncode == 0, done.stderr
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    return sorted(set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", text)))


def test_only_an_edited_chapter_is_read_again(small_book):
    assert read_again(small_book) == ["chapter", "glossary", "index"]
    assert read_again(small_book) == []
    small_book.write("book/glossary.md", (small_book.root / "book/glossary.md").read_text() + "\n")
    assert read_again(small_book) == ["glossary"]
    small_book.write("code/chapter/hello/main.py", 'print("Import Karo! ")\n')
    assert read_again(small_book) == ["chapter"]


def test_only_an_edited_catalog_reads_its_chapter_again(small_book):
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for name in ("chapter", "glossary"):
        small_book.write(f"locale/en/LC_MESSAGES/{name}.po", header)
    read_again(small_book, "-D", "language=en")
    text = f'{header}msgid "Ek chapter"\nmsgstr "A chapter"\n'
    small_book.write("locale/en/LC_MESSAGES/chapter.po", text)
    assert read_again(small_book, "-D", "language=en") == ["chapter"]


def test_an_edited_extension_reads_every_chapter_again(small_book):
    read_again(small_book)
    path = small_book.root / "book/_ext/import_karo/directives/listings.py"
    path.write_text(path.read_text() + "\n# Edited.\n")
    assert read_again(small_book) == ["chapter", "glossary", "index"]


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".doctrees" not in path.parts
    }


def test_a_build_that_was_killed_leaves_nothing_to_the_next(small_book):
    assert small_book.sphinx("clean").returncode == 0
    clean = contents(small_book.root / "clean")
    command = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-b", "html", "book", "out"]
    with subprocess.Popen(command, cwd=small_book.root, stderr=subprocess.DEVNULL) as process:
        page = small_book.root / "out/chapter.html"
        while not page.exists() and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    page.write_text("<html>cut off")
    assert small_book.sphinx("out").returncode == 0
    assert contents(small_book.root / "out") == clean


@pytest.mark.parametrize("part", [0.15, 0.3, 0.4, 0.5, 0.6, 0.68, 0.76, 0.84, 0.92, 0.98])
def test_a_build_killed_at_any_moment_is_made_good_by_the_next(small_book, part):
    command = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-b", "html", "book"]
    begun = time.perf_counter()
    subprocess.run([*command, "clean"], cwd=small_book.root, check=True)
    moment = (time.perf_counter() - begun) * part
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run([*command, "out"], cwd=small_book.root, timeout=moment, check=False)
    assert small_book.sphinx("out").returncode == 0
    made, clean = contents(small_book.root / "out"), contents(small_book.root / "clean")
    assert sorted(made) == sorted(clean)
    assert [name for name in made if made[name] != clean[name]] == []


def test_a_page_written_again_leaves_the_search_as_a_clean_build_makes_it(small_book):
    for _ in range(2):
        assert small_book.sphinx("out").returncode == 0
    chapter = small_book.root / "book/chapter.md"
    chapter.write_text(chapter.read_text() + "\n```{index} single: Naya; shabd\n```\n\nAur.\n")
    assert small_book.sphinx("out").returncode == 0
    assert small_book.sphinx("clean").returncode == 0
    made, clean = contents(small_book.root / "out"), contents(small_book.root / "clean")
    assert [name for name in clean if made.get(name) != clean[name]] == []
    assert b"term-module" in made["searchindex.js"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("book/chapter.md", "# Ek chapter", "# Naya chapter"),
     ("locale/hi_Latn/LC_MESSAGES/sphinx.po", 'msgstr "Khojiye"', 'msgstr "Dhoondhiye"')],
)  # fmt: skip
def test_what_every_page_shows_is_new_on_every_page(small_book, name, old, new):
    def build(out):
        compiled = small_book.run(
            sys.executable,
            "-c",
            "from import_karo.languages.catalogs import compile_all; compile_all()",
        )
        assert compiled.returncode == 0, compiled.stderr
        assert small_book.sphinx(out).returncode == 0

    build("out")
    path = small_book.root / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    build("out")
    build("clean")
    made, clean = contents(small_book.root / "out"), contents(small_book.root / "clean")
    assert [name for name in clean if made.get(name) != clean[name]] == []


def test_a_page_goes_with_its_chapter(small_book):
    small_book.write("book/extra.md", "---\norphan: true\n---\n# Ek aur\n")
    small_book.sphinx()
    assert (small_book.root / "out/extra.html").exists()
    (small_book.root / "book/extra.md").unlink()
    assert small_book.sphinx().returncode == 0
    assert not (small_book.root / "out/extra.html").exists()


def test_a_failed_build_publishes_nothing(small_book):
    command = [sys.executable, "-m", "import_karo.verbs.build", "html"]
    assert small_book.run(*command).returncode == 0
    before = contents(small_book.root / "build/html")
    small_book.write("book/glossary.md", "# Shabd\n\n{ref}`gone`\n")
    done = small_book.run(*command)
    assert done.returncode == 1
    assert "not built; build/html is as it was" in done.stderr
    assert contents(small_book.root / "build/html") == before


# --- the cures ---

RICH = """\
(chapter)=
# Ek chapter

Pehla `code`, {term}`module`, [link](https://example.in), {ref}`chapter`, "quote"[^a].

- Ek **point** hai
- Doosra {numref}`lst`

| Ek | Do |
|---|---|
| teen | `chaar` |

:::{admonition} Dhyaan
Andar ki {ref}`baat <chapter>`.
:::

```{literalinclude} ../code/chapter/hello/main.py
:name: lst
```

## Hissa

```{index} single: ek; do
```

[^a]: Ek footnote.
"""
ENGLISH = {
    "Ek chapter": "A chapter",
    'Pehla `code`, {term}`module`, [link](https://example.in), {ref}`chapter`, "quote"[^a].':
        'First `code`, {term}`module`, [link](https://example.in), {ref}`chapter`, "quote"[^a].',
    "Ek **point** hai": "A **point**",
    "Doosra {numref}`lst`": "Second: {numref}`lst`",
    "Ek": "One",
    "Do": "Two",
    "teen": "three",
    "Dhyaan": "Attention",
    "Andar ki {ref}`baat <chapter>`.": "The {ref}`matter <chapter>` inside.",
    "Hissa": "Part",
    "ek": "one",
    "Ek footnote.": "A footnote.",
}  # fmt: skip


@pytest.fixture
def rich(small_book):
    """Give a small book with one of each construct, translated, and how its pages look cured."""
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entries = "\n".join(
        f"msgid {json.dumps(source)}\nmsgstr {json.dumps(target)}\n"
        for source, target in ENGLISH.items()
    )
    small_book.write("locale/en/LC_MESSAGES/chapter.po", header + entries)
    small_book.write("book/chapter.md", RICH)
    return small_book


def pages_of(book, out):
    found = contents(book.root / out)
    return {name: data for name, data in found.items() if name != ".buildinfo"}


def test_translated_pages_are_the_same_without_any_cure_and_without_each(rich):
    names = [cure.name for cure in cures.CURES] + ["garbage", "pickles", "templates"]
    assert rich.sphinx("hinglish").returncode == 0  # its compiled templates serve English too
    cured = rich.sphinx("cured", "-D", "language=en")
    assert cured.returncode == 0, cured.stderr
    pages = pages_of(rich, "cured")
    assert b"First <code" in pages["chapter.html"]
    for left_out in [*names, ",".join(names)]:
        options = ("-D", "language=en", "-D", f"cures_left_out={left_out}")
        done = rich.sphinx(f"without {left_out}", *options)
        assert done.returncode == 0, done.stderr
        assert pages_of(rich, f"without {left_out}") == pages, left_out


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("del sphinx.transforms.i18n._publish_msgstr", "has no attribute '_publish_msgstr'"),
        ("furo._compute_navigation_tree = lambda context: ''", "has no line `return get_nav"),
    ],
)
def test_a_cure_that_fits_no_more_is_left_out_with_one_sentence(rich, gone, said):
    conf = rich.root / "conf.py"
    start = "import furo, sphinx.transforms.i18n, sphinx.transforms\n"
    if gone.startswith("del"):  # as in a version that calls it otherwise
        start += "sphinx.transforms.i18n.publish = sphinx.transforms.i18n._publish_msgstr\n"
        gone += "\nimport builtins; builtins._publish_msgstr = sphinx.transforms.i18n.publish"
    conf.write_text(f"{conf.read_text()}\n{start}{gone}\n")
    done = rich.sphinx("out", "-D", "language=en")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("is left out") == 1
    assert said in done.stderr
    assert "First <code" in rich.page("chapter")


# --- errata ---


def test_errata_come_from_the_changelog_and_from_this_version_alone(small_book):
    small_book.write("book/chapter.md", "# Ek chapter\n\n```{errata}\nKuch nahi.\n```\n")
    small_book.write("CHANGELOG.md", "# C\n\n## 0.1 (2026-11-22)\n\n- New.\n")
    assert small_book.sphinx().returncode == 0
    assert "<p>Kuch nahi.</p>" in small_book.page("chapter")
    small_book.write(
        "CHANGELOG.md",
        "# C\n\n## 0.2 (2027-01-01)\n\n### Errata\n\n- Not this one.\n\n"
        "## 0.1 (2026-11-22)\n\n### Errata\n\n- Section 1.3: `tea` is\n  a box.\n- Two.\n",
    )
    assert small_book.sphinx().returncode == 0
    page = small_book.page("chapter")
    assert re.findall(r"<li><p>(.*?)</p></li>", page) == ["Section 1.3: `tea` is a box.", "Two."]
    assert "Kuch nahi" not in page


def test_the_w3c_checker_finds_no_error_in_any_page(built):
    checker = ROOT / "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar"
    if not shutil.which("java") or not checker.is_file():
        pytest.skip("not here: Java, or vnu-jar (cd tests/browser, then npm ci)")
    command = ["java", "-jar", checker, "--format", "json", "--errors-only", "--skip-non-html"]
    done = subprocess.run([*command, built.root / "build/html"], capture_output=True, text=True)
    found = json.loads(done.stderr)["messages"]
    assert [f"{each['url']}:{each['lastLine']}: {each['message']}" for each in found] == []
