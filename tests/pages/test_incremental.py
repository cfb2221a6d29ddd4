"""An incremental build equals a clean one to the byte, and does no more than it must."""

import os
import re
import shutil
import sys

import pytest
from shared_fixtures import CHAPTER

from .test_build import contents

TREE = """
```{tree} ../code/chapter/hello

Kya kahan hai.
```

![Dabba](figures/box.svg)

```{errata}
Koi galti nahi.
```
"""
BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3H0"/></svg>'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'
SECOND = "(second)=\n# Doosra\n\nDekhiye {ref}`chapter`.\n"
CATALOG = "locale/en/LC_MESSAGES/chapter.po"


@pytest.fixture
def book(small_book):
    """Give a small book with one of each sort of file that a build reads."""
    small_book.write("book/chapter.md", CHAPTER + TREE)
    small_book.write("book/figures/box.svg", BOX)
    small_book.write("CHANGELOG.md", "# Changelog\n\n## 0.1 (2026-11-22)\n\n- Naya.\n")
    small_book.write(CATALOG, PO.format("Ek chapter", "A chapter"))
    return small_book


def replaced(book, name, old, new):
    path = book.root / name
    text = path.read_text()
    assert old in text, name
    path.write_text(text.replace(old, new))


def by_older(book, name, old, new):
    """Put an older file in the place of one, as `mv`, `cp -p`, `rsync -a` and `tar` do."""
    replaced(book, name, old, new)
    os.utime(book.root / name, (1_000_000_000, 1_000_000_000))


def touched_back(book, name):
    path = book.root / name
    before = path.stat()
    path.write_text(path.read_text() + "\n")
    path.write_text(path.read_text()[:-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def moved(book, old, new):
    (book.root / old).rename(book.root / new)
    for name in ("book/index.md", "book/chapter.md"):
        path = book.root / name
        stems = [re.sub(r".*/|\.md", "", each) for each in (old, new)]
        path.write_text(re.sub(rf"^{stems[0]}$", stems[1], path.read_text(), flags=re.M))


def in_index(book, name, present=True):
    path = book.root / "book/index.md"
    text = path.read_text().replace(f"{name}\n", "")
    path.write_text(text.replace("chapter\n", f"chapter\n{name}\n") if present else text)


def added(book, name, text, listed=""):
    book.write(name, text)
    if listed:
        in_index(book, listed)


def removed(book, name, listed=""):
    (book.root / name).unlink()
    if listed:
        in_index(book, listed, present=False)


def with_language(book):
    done = book.run(sys.executable, "-m", "import_karo.verbs.catalogs", "language", "mr")
    assert done.returncode == 0, done.stderr


CODE, FIGURE, LIST = "code/chapter/hello/main.py", "book/figures/box.svg", "locale/editions.toml"
STEPS = {
    "a paragraph is edited": (replaced, "book/chapter.md", "Pehla", "Sabse pehla"),
    "a chapter is touched back": (touched_back, "book/chapter.md"),
    "a chapter is replaced by an older file": (by_older, "book/chapter.md", "Sabse ", "Bilkul "),
    "a listing is edited": (replaced, CODE, "Karo!", "Karo, ab!"),
    "a listing is replaced by an older file": (by_older, CODE, "ab!", "abhi!"),
    "a listing is touched back": (touched_back, CODE),
    "a transcript is edited": (replaced, "code/chapter/hello/run.console", "Karo!", "Karo, abhi!"),
    "a file comes into an example": (added, "code/chapter/hello/more.py", "x = 1\n"),
    "a file leaves an example": (removed, "code/chapter/hello/more.py"),
    "a chapter comes": (added, "book/second.md", SECOND, "second"),
    "its title changes": (replaced, "book/second.md", "# Doosra", "# Doosra chapter"),
    "it moves": (moved, "book/second.md", "book/third.md"),
    "its label changes": (replaced, "book/third.md", "(second)=", "(third)="),
    "it goes": (removed, "book/third.md", "third"),
    "a part is renamed": (replaced, "book/index.md", ":caption: Bhaag", ":caption: Pehla bhaag"),
    "a term is edited": (replaced, "book/glossary.md", "Ek file.", "Ek hi file."),
    "a figure is edited": (replaced, FIGURE, "0 0 9 3", "0 0 8 3"),
    "a figure is replaced by an older file": (by_older, FIGURE, "0 0 8 3", "0 0 7 3"),
    "a style sheet is edited": (replaced, "book/_static/book.css", "dl.glossary", "dl.glossary "),
    "a script is edited": (replaced, "book/_static/book.js", "details", "details /* */"),
    "a script is replaced by an older file": (by_older, "book/_static/book.js", " /* */", "  "),
    "a template is replaced by an older file": (
        by_older, "book/_templates/sidebar-switch.html", "<", " <",
    ),
    "an edition is renamed": (replaced, LIST, 'name = "Hinglish"', 'name = "Hinglish!"'),
    "a language comes": (with_language,),
    "a translation is edited": (replaced, CATALOG, "A chapter", "One chapter"),
    "a catalog is replaced by an older file": (by_older, CATALOG, "One", "This one"),
    "a catalog goes": (removed, CATALOG),
    "a word of the interface is edited": (
        replaced, "locale/hi_Latn/LC_MESSAGES/sphinx.po", 'msgstr "Jawaab"', 'msgstr "Uttar"',
    ),
    "an erratum is found": (replaced, "CHANGELOG.md", "- Naya.", "### Errata\n- Ek galti."),
    "the release changes": (replaced, "CITATION.cff", 'version: "0.1"', 'version: "0.2"'),
    "a setting changes": (replaced, "conf.py", "secnum_depth = 1", "secnum_depth = 0"),
    "the licence of the code is edited": (replaced, "LICENSES/MIT.txt", "MIT", "MIT "),
    "an extension is replaced by an older file": (
        by_older, "book/_ext/import_karo/directives/listings.py", "Fill", " Fill",
    ),
}  # fmt: skip


def built(book, out, trees, builder):
    done = book.sphinx(f"{out}/parallel", "-b", builder, "-d", trees, "-t", "parallel")
    assert done.returncode == 0, done.stderr
    return contents(book.root / out / "parallel")


def test_after_any_edit_an_incremental_build_equals_a_clean_one(book, request):
    """The parallel edition reads all that the others read."""
    if not request.config.option.everything:
        pytest.skip("takes two minutes; make test-all runs it")
    assert len(STEPS) >= 25
    built(book, "html", "trees", "html")
    wrong = []
    for number, (name, (edit, *arguments)) in enumerate(STEPS.items()):
        edit(book, *arguments)
        builders = ["html", *(["epub", "pdf"] if number % 8 == 2 else [])]
        for builder in builders:
            if builder != "html":  # the verbs make a file from nothing, of doctrees that are there
                shutil.rmtree(book.root / builder, ignore_errors=True)
            ours = built(book, builder, "trees", builder)
            clean = built(book, "clean", "clean-trees", builder)
            files = {
                file for file in ours.keys() | clean.keys() if ours.get(file) != clean.get(file)
            }
            wrong += [f"{builder}: {name}: {', '.join(sorted(files))}"] if files else []
            shutil.rmtree(book.root / "clean")
            shutil.rmtree(book.root / "clean-trees")
    assert wrong == []


def pages_written(book):
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-b", "html", "-t", "parallel"]
    done = book.run(*command, "-v", "-d", "trees", "book", "out")
    assert done.returncode == 0, done.stderr
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    return sorted(set(re.findall(r"writing output\.\.\. \[ *\d+%\] (\S+)", text)))


def test_one_edited_paragraph_writes_its_chapter_and_the_contents(book):
    added(book, "book/second.md", SECOND, "second")
    pages_written(book)
    replaced(book, "book/chapter.md", "Pehla", "Sabse pehla")
    assert pages_written(book) == ["chapter", "index"]
    assert pages_written(book) == []


def test_a_changed_title_writes_every_page(book):
    added(book, "book/second.md", SECOND, "second")
    pages_written(book)
    replaced(book, "book/second.md", "# Doosra", "# Teesra")
    assert pages_written(book) == ["chapter", "glossary", "index", "second"]


@pytest.mark.parametrize("gone", ["book/draft.md", "code/draft/hello/main.py"])
def test_what_was_never_built_whole_is_never_published(book, gone):
    """A failed build leaves a page; its chapter, or the example alone, then goes away."""
    book.write("code/draft/hello/main.py", "x = 1\n")
    listing = "```{literalinclude} ../code/draft/hello/main.py\n```\n"
    book.write("book/draft.md", f"(draft)=\n# Draft\n\n{listing}")
    assert book.sphinx("out", "-d", "trees").returncode == 1  # in no toctree
    assert (book.root / "out/draft.html").exists()
    (book.root / "book/draft.md").unlink()
    if gone.startswith("code"):
        shutil.rmtree(book.root / "code/draft")
    assert book.sphinx("out", "-d", "trees").returncode == 0
    left = [
        path.name for folder in ("out", "trees") for path in (book.root / folder).rglob("*draft*")
    ]
    assert left == []


def test_contents_that_name_a_chapter_that_is_gone_are_one_sentence(book):
    added(book, "book/second.md", SECOND, "second")
    assert book.sphinx("out", "-d", "trees").returncode == 0
    (book.root / "book/second.md").unlink()
    done = book.sphinx("out", "-d", "trees")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said = (
        r"book/index\.md:\d+: WARNING: toctree contains reference to nonexisting document 'second'"
    )
    assert len(re.findall(said, done.stderr)) == 1
