"""Directories drawn as figures: what is on the disk, with notes, in every format and language."""

import os
import re
import shutil
import sys

import pytest
from bs4 import BeautifulSoup
from pdf.test_pdf import Pdf
from transcripts import recordings
from transcripts.sandbox import ROOT
from transcripts.shell import draw_tree

CHAPTER = """\
# Ek chapter

Upar ek line.

```{tree} ../code/chapter/house
:name: a-tree

./: poora *ghar*
rooms/: andar ke kamre
rooms/bed.py: `sleep` yahan hai

Ghar ka naksha.
```
"""
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "poora *ghar*"
msgstr "the whole *house*"

msgid "andar ke kamre"
msgstr "rooms inside"

msgid "`sleep` yahan hai"
msgstr "`sleep` is here"

msgid "Ghar ka naksha."
msgstr "Plan of a house."
"""
DRAWN = """\
house/
    gate.py
    rooms/
        attic/
            box.txt
        bed.py
"""


@pytest.fixture
def house(small_book):
    """Give a small book with the tree of a directory that has more than a reader gets."""
    small_book.write("book/chapter.md", CHAPTER)
    for name in ("gate.py", "rooms/bed.py", "rooms/attic/box.txt"):
        small_book.write(f"code/chapter/house/{name}", "")
    for name in ("run.console", "rooms/repl.pycon", "rooms/run.upto-3.12.console",
                 ".writes-bytecode", "rooms/__pycache__/bed.pyc", ".git/config"):  # fmt: skip
        small_book.write(f"code/chapter/house/{name}", "")
    return small_book


def built(book, out="out", *options):
    done = book.sphinx(out, *options)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup(book.page("chapter", out), "html.parser")


def as_text(tree, depth=0):
    """Return a drawn directory as our `tree` command prints one."""
    lines = ""
    for item in tree.find_all("li", recursive=False):
        lines += f"{'    ' * depth}{item.find('p', recursive=False).get_text()}\n"
        for inner in item.find_all("ul", recursive=False):
            lines += as_text(inner, depth + 1)
    return lines


def test_a_tree_is_a_nested_list_without_recordings_caches_and_hidden_files(house):
    figure = built(house).select_one("figure#a-tree")
    assert as_text(figure.find("ul")) == DRAWN
    notes = {item.find("p").get_text(): item.find_all("p", recursive=False)[1:] for item in
             figure.select("li")}  # fmt: skip
    assert {name: [note.decode_contents() for note in found] for name, found in notes.items()} == {
        "house/": ["poora <em>ghar</em>"],
        "gate.py": [],
        "rooms/": ["andar ke kamre"],
        "attic/": [],
        "box.txt": [],
        "bed.py": [notes["bed.py"][0].decode_contents()],
    }
    assert notes["bed.py"][0].get_text() == "sleep yahan hai"
    assert notes["bed.py"][0].code.get_text() == "sleep"
    assert figure.select_one(".caption-number").get_text() == "Tasveer 1.1 "
    assert figure.select_one(".caption-text").get_text() == "Ghar ka naksha."
    assert not figure.select("pre")


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("chapter/house", "chapter/hut", 5, "there is no directory ../code/chapter/hut"),
        ("rooms/bed.py:", "rooms/bath.py:", 10, "has no rooms/bath.py; it has ./, gate.py, rooms/"),
        ("rooms/bed.py:", "run.console:", 10, "has no run.console"),
        ("rooms/bed.py:", "rooms/:", 10, "a second note on rooms/"),
        ("rooms/: andar ke kamre", "rooms/", 9, "write `entry: note`, not 'rooms/'"),
        (CHAPTER[CHAPTER.index("./: ") : CHAPTER.rindex("```")], "", 5, "write a caption"),
    ],
    ids=["a missing folder", "a missing entry", "a recording", "two notes", "no note", "nothing"],
)
def test_what_is_wrong_with_a_tree_is_an_error_at_its_line(house, before, after, line, said):
    house.write("book/chapter.md", CHAPTER.replace(before, after))
    done = house.sphinx()
    assert done.returncode != 0
    assert re.search(rf"chapter\.md:{line}: ERROR: tree: .*{re.escape(said)}", done.stderr)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda house: (house / "rooms/lamp.py").touch(), "lamp.py"),
        (lambda house: (house / "rooms/lamp").mkdir(), "lamp/"),
        (lambda house: (house / "gate.py").rename(house / "door.py"), "door.py"),
    ],
    ids=["added", "a folder", "renamed"],
)
def test_a_chapter_is_read_anew_when_its_directory_gets_another_entry(house, change, shown):
    assert shown not in as_text(built(house).select_one("figure ul"))
    change(house.root / "code/chapter/house")
    page = built(house)
    assert shown in as_text(page.select_one("figure ul"))


def test_a_directory_that_went_away_is_missed_by_the_next_build(house):
    built(house)
    shutil.rmtree(house.root / "code/chapter/house")
    assert "there is no directory" in house.sphinx().stderr


def test_a_chapter_whose_directories_are_the_same_is_not_read_again(house):
    built(house)
    page = house.root / "out/chapter.html"
    before = page.stat().st_mtime_ns
    built(house)
    assert page.stat().st_mtime_ns == before
    os.utime(house.root / "code/chapter/house/gate.py")  # a dependency, as of a listing
    built(house)
    assert page.stat().st_mtime_ns != before


@pytest.fixture
def translated(house):
    """Give that book with an English catalog."""
    house.write("locale/en/LC_MESSAGES/chapter.po", CATALOG)
    assert house.run(sys.executable, "-m", "import_karo.verbs.catalogs", "po-check").returncode == 0
    return house


def test_notes_are_translated_and_names_are_not_offered(translated):
    figure = built(translated, "en", "-D", "language=en").select_one("figure")
    assert as_text(figure.find("ul")) == DRAWN
    assert "rooms/ rooms inside" in " ".join(figure.get_text(" ").split())
    assert figure.select_one("em").get_text() == "house"
    assert translated.sphinx("pot", "-b", "gettext").returncode == 0
    template = (translated.root / "pot/chapter.pot").read_text()
    assert 'msgid "andar ke kamre"' in template
    assert "gate.py" not in template


def test_the_parallel_edition_has_both_notes_at_one_entry(translated):
    figure = built(translated, "both", "-t", "parallel").select_one("figure")
    assert as_text(figure.find("ul")) == DRAWN
    assert [[(half["lang"], half.get_text()) for half in pair.select("p")]
            for pair in figure.select(".pair")] == [
        [("hi-Latn", "poora ghar"), ("en", "the whole house")],
        [("hi-Latn", "andar ke kamre"), ("en", "rooms inside")],
        [("hi-Latn", "sleep yahan hai"), ("en", "sleep is here")],
    ]  # fmt: skip


def test_the_pdf_has_a_nested_list_and_the_notes_of_both_languages(translated):
    done = translated.sphinx("pdf", "-b", "pdf")
    assert done.returncode == 0, done.stderr
    pdf = Pdf(translated.root / "pdf/import-karo-hinglish.pdf")
    assert "house/ poora ghar gate.py rooms/ andar ke kamre attic/ box.txt bed.py sleep yahan" in (
        pdf.text
    )
    assert len(pdf.tagged("L")) >= 4
    done = translated.sphinx("both", "-b", "pdf", "-t", "parallel")
    assert done.returncode == 0, done.stderr
    text = Pdf(translated.root / "both/import-karo-parallel.pdf").text
    assert "rooms/ andar ke kamre rooms inside" in text


def test_every_tree_of_the_book_is_what_our_tree_command_prints(tmp_path, request):
    book = request.getfixturevalue("built")
    found = 0
    for path in sorted((ROOT / "book").glob("*.md")):
        names = re.findall(r"^```\{tree\} \.\./(.+)$", path.read_text(), re.MULTILINE)
        page = (book.root / f"build/html/english/{path.stem}.html").read_text()
        figures = BeautifulSoup(page, "html.parser").select("figure > ul.tree")
        assert len(names) == len(figures)
        for name, figure in zip(names, figures, strict=True):
            found += 1
            copy = shutil.copytree(ROOT / name, tmp_path / str(found) / name.split("/")[-1],
                                   ignore=shutil.ignore_patterns("__pycache__", ".*"))  # fmt: skip
            for recording in recordings.under(copy):
                recording.unlink()
            assert as_text(figure) == draw_tree(copy.parent)
    assert found >= 5
